import { libc } from './calls.js';
import { addressOf } from './library.js';

/** `<linux/seccomp.h>`, `<linux/filter.h>`, `<linux/audit.h>` */
const SECCOMP_SET_MODE_FILTER = 1;
/** Before Linux 5.16 a filter would slow its process down as a mitigation that is for hostile code, and not for this. */
const SECCOMP_FILTER_FLAG_SPEC_ALLOW = 4;
const SECCOMP_RET_ALLOW = 0x7fff0000;
/** The call is not made, and gives what the low 16 bits say as its error: none. */
const SECCOMP_RET_DONE = 0x00050000;
const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;

interface Machine {
  readonly audit: number;
  /** The number of seccomp(2) itself. */
  readonly seccomp: number;
  /** setuid, setgid, setreuid, setregid, setgroups, setresuid, setresgid, and the chown family; `<asm/unistd.h>`. */
  readonly calls: readonly number[];
}

const machines = new Map<string, Machine>([
  ['x64', { audit: 0xc000003e, seccomp: 317, calls: [105, 106, 113, 114, 116, 117, 119, 92, 93, 94, 260] }],
  ['arm64', { audit: 0xc00000b7, seccomp: 277, calls: [146, 144, 145, 143, 159, 147, 149, 54, 55] }],
]);

/**
 * From now on, calls of this thread and of everything it starts that change a user, a group or an owner do nothing and
 * succeed. A user namespace of an ordinary user has one user only, so that programs which give up root for a user of their
 * own (tcpdump, dnsmasq, named, ping of old) would end with "Operation not permitted". They are not root of anything but
 * the sandbox, and have nothing to give up. Cannot be undone. Never use it outside of such a namespace.
 * @returns false on a machine whose system call numbers are not known here, and on a kernel without seccomp filters: such
 * programs then say themselves what they may not do
 */
export function pretendIdentityChanges(): boolean {
  const machine = machines.get(process.arch);
  if (machine === undefined) return false;
  const { audit, seccomp, calls } = machine;
  // Each instruction of `struct sock_filter`: code, jump if true, jump if false, value.
  const program = [
    [LOAD_WORD, 0, 0, ARCHITECTURE],
    [JUMP_IF_EQUAL, 0, calls.length + 1, audit],
    [LOAD_WORD, 0, 0, NUMBER],
    ...calls.map((call, index) => [JUMP_IF_EQUAL, calls.length - index, 0, call]),
    [RETURN, 0, 0, SECCOMP_RET_ALLOW],
    [RETURN, 0, 0, SECCOMP_RET_DONE],
  ];
  const instructions = Buffer.alloc(8 * program.length);
  for (const [index, [code = 0, ifTrue = 0, ifFalse = 0, value = 0]] of program.entries()) {
    instructions.writeUInt16LE(code, 8 * index);
    instructions.writeUInt8(ifTrue, 8 * index + 2);
    instructions.writeUInt8(ifFalse, 8 * index + 3);
    instructions.writeUInt32LE(value, 8 * index + 4);
  }
  // `struct sock_fprog`: the number of instructions, and where they are. The kernel copies them.
  const description = Buffer.alloc(16);
  description.writeUInt16LE(program.length, 0);
  description.writeBigUInt64LE(addressOf(instructions), 8);
  return libc.syscall(seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_SPEC_ALLOW, description) === 0;
}
