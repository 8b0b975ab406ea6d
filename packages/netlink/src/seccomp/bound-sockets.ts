import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_INET, AF_INET6, EINTR, SO_BINDTODEVICE, SOCK_CLOEXEC, SOL_SOCKET } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { filterCalls, machineCalls } from './filter.js';

/** `<linux/seccomp.h>` */
const SECCOMP_FILTER_FLAG_NEW_LISTENER = 8;
const SECCOMP_RET_USER_NOTIF = 0x7fc00000;
const SECCOMP_IOCTL_NOTIF_RECV = 0xc0502100;
const SECCOMP_IOCTL_NOTIF_SEND = 0xc0182101;
const SECCOMP_IOCTL_NOTIF_ADDFD = 0x40182103;
const SECCOMP_ADDFD_FLAG_SEND = 2;
/** struct seccomp_notif: u64 id, u32 pid, u32 flags, then struct seccomp_data with the arguments at 16. */
const NOTICE_BYTES = 80;
const ARGUMENTS = 32;
/** struct seccomp_notif_resp and struct seccomp_notif_addfd */
const ANSWER_BYTES = 24;
const ENOENT = 2;
const ENOSYS = 38;

/**
 * From now on this thread, and everything it starts, gets its IPv4 and IPv6 sockets from whoever answers at the returned file descriptor
 * (`answerWithBoundSockets`), on a thread that existed before; other sockets are its own. Cannot be undone. seccomp_unotify(2).
 * Needs no right that a sandbox does not have, unlike `ip vrf exec`, which loads a BPF program.
 * @throws NetlinkError ENOSYS on a machine whose system calls are not known here; EBUSY when somebody answers for this thread already.
 */
export function askForSockets(): number {
  const machine = machineCalls();
  if (machine === null) throw new NetlinkError({ errno: ENOSYS, syscall: 'seccomp', subject: process.arch });
  const listener = filterCalls({
    machine,
    calls: [machine.socket],
    firstArguments: [AF_INET, AF_INET6],
    action: SECCOMP_RET_USER_NOTIF,
    flags: SECCOMP_FILTER_FLAG_NEW_LISTENER,
  });
  return check(listener, 'seccomp');
}

/**
 * Answers for ever, and blocks this thread: every socket that is asked for is made here, in the namespace of this thread, and bound to an
 * interface (SO_BINDTODEVICE, socket(7)), which may be a VRF. Returns only when nobody can ask any more.
 */
export function answerWithBoundSockets(listener: number, ifname: string): void {
  const notice = Buffer.alloc(NOTICE_BYTES);
  for (;;) {
    // It must be zero, or the kernel refuses it.
    notice.fill(0);
    if (libc.ioctlData(listener, SECCOMP_IOCTL_NOTIF_RECV, notice) < 0) {
      const errno = lastErrno();
      // ENOENT: who asked was ended, or interrupted, before we looked.
      if (errno === EINTR || errno === ENOENT) continue;
      return;
    }
    const [domain, type, protocol] = [0, 1, 2].map((index) => notice.readUInt32LE(ARGUMENTS + 8 * index));
    const made = boundSocket([domain ?? 0, type ?? 0, protocol ?? 0], ifname);
    if (made.fd === null) refuse(listener, notice, made.errno);
    else hand(listener, notice, made.fd, (type ?? 0) & SOCK_CLOEXEC);
  }
}

/** Whether sockets can be bound to this interface here. @throws NetlinkError ENODEV when there is none. */
export function tryBoundSocket(ifname: string): void {
  const dgram = 2;
  const made = boundSocket([AF_INET, dgram, 0], ifname);
  if (made.fd === null) throw new NetlinkError({ errno: made.errno, syscall: 'SO_BINDTODEVICE', subject: ifname });
  libc.close(made.fd);
}

type Made = { readonly fd: number } | { readonly fd: null; readonly errno: number };

function boundSocket([domain, type, protocol]: readonly [number, number, number], ifname: string): Made {
  const fd = libc.socket(domain, type | SOCK_CLOEXEC, protocol);
  if (fd < 0) return { fd: null, errno: lastErrno() };
  const name = Buffer.from(`${ifname}\0`);
  if (libc.setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, name, name.length) === 0) return { fd };
  const errno = lastErrno();
  libc.close(fd);
  return { fd: null, errno };
}

/** Who asked may be gone meanwhile: then nobody misses the answer. */
function refuse(listener: number, notice: Buffer, errno: number): void {
  const answer = Buffer.alloc(ANSWER_BYTES);
  notice.copy(answer, 0, 0, 8);
  answer.writeInt32LE(-errno, 16);
  libc.ioctlData(listener, SECCOMP_IOCTL_NOTIF_SEND, answer);
}

function hand(listener: number, notice: Buffer, fd: number, flags: number): void {
  const answer = Buffer.alloc(ANSWER_BYTES);
  notice.copy(answer, 0, 0, 8);
  answer.writeUInt32LE(SECCOMP_ADDFD_FLAG_SEND, 8);
  answer.writeUInt32LE(fd, 12);
  answer.writeUInt32LE(flags, 20);
  const handed = libc.ioctlData(listener, SECCOMP_IOCTL_NOTIF_ADDFD, answer);
  const errno = handed < 0 ? lastErrno() : 0;
  libc.close(fd);
  // Its table of files is full, for instance.
  if (handed < 0 && errno !== ENOENT) refuse(listener, notice, errno);
}
