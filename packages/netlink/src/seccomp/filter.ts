import { libc } from '../libc/calls.js';
import { addressOf } from '../libc/library.js';

/** `<linux/seccomp.h>`, `<linux/filter.h>`, `<linux/audit.h>` */
const SECCOMP_SET_MODE_FILTER = 1;
const SECCOMP_RET_ALLOW = 0x7fff0000;
const LOAD_WORD = 0x20;
const JUMP_IF_EQUAL = 0x15;
const RETURN = 0x06;
/** Offsets in `struct seccomp_data`. */
const NUMBER = 0;
const ARCHITECTURE = 4;
const FIRST_ARGUMENT = 16;

/** Numbers of system calls that differ between machines; `<asm/unistd.h>`. */
export interface MachineCalls {
  readonly audit: number;
  /** seccomp(2) itself. */
  readonly seccomp: number;
  readonly socket: number;
  /** setuid, setgid, setreuid, setregid, setgroups, setresuid, setresgid, and the chown family. */
  readonly identity: readonly number[];
}

const machines = new Map<string, MachineCalls>([
  [
    'x64',
    {
      audit: 0xc000003e,
      seccomp: 317,
      socket: 41,
      identity: [105, 106, 113, 114, 116, 117, 119, 92, 93, 94, 260],
    },
  ],
  ['arm64', { audit: 0xc00000b7, seccomp: 277, socket: 198, identity: [146, 144, 145, 143, 159, 147, 149, 54, 55] }],
]);

/** Null on a machine whose system call numbers are not known here. */
export function machineCalls(): MachineCalls | null {
  return machines.get(process.arch) ?? null;
}

export interface CallFilter {
  readonly machine: MachineCalls;
  /** Which system calls; all others pass. */
  readonly calls: readonly number[];
  /** Only with one of these as the first argument; absent: with any. */
  readonly firstArguments?: readonly number[];
  /** SECCOMP_RET_…: what becomes of them. */
  readonly action: number;
  /** SECCOMP_FILTER_FLAG_… */
  readonly flags: number;
}

/**
 * Sets a filter for this thread and everything it starts from now on; seccomp(2). It cannot be taken off again.
 * @returns what the kernel returned: negative, with `lastErrno`, when it refused.
 */
export function filterCalls({ machine, calls, firstArguments, action, flags }: CallFilter): number {
  // Each instruction of `struct sock_filter`: code, jump if true, jump if false, value. Jumps count the instructions that are passed over.
  const allow = [RETURN, 0, 0, SECCOMP_RET_ALLOW];
  const anyOf = (values: readonly number[]) =>
    values.map((value, index) => [JUMP_IF_EQUAL, values.length - index, 0, value]);
  const program = [
    [LOAD_WORD, 0, 0, ARCHITECTURE],
    [JUMP_IF_EQUAL, 0, 1 + calls.length, machine.audit],
    [LOAD_WORD, 0, 0, NUMBER],
    ...anyOf(calls),
    allow,
    ...(firstArguments === undefined ? [] : [[LOAD_WORD, 0, 0, FIRST_ARGUMENT], ...anyOf(firstArguments), allow]),
    [RETURN, 0, 0, action],
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
  return libc.syscall(machine.seccomp, SECCOMP_SET_MODE_FILTER, flags, description);
}
