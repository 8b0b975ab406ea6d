import { libc } from './calls.js';
import { check } from './check.js';

/** `<asm-generic/resource.h>`: private writable memory of a process, touched or not (getrlimit(2)). */
const RLIMIT_DATA = 2;

/**
 * Bounds the private memory of a process, and of everything that it starts from now on, each for itself: beyond it the kernel refuses
 * more, and the program says so. prlimit(2).
 * @throws NetlinkError `ESRCH` when it is gone, `EPERM` when it is not ours
 */
export function limitMemory(pid: number, bytes: number): void {
  const limit = Buffer.alloc(16);
  limit.writeBigUInt64LE(BigInt(bytes), 0);
  limit.writeBigUInt64LE(BigInt(bytes), 8);
  check(libc.prlimit(pid, RLIMIT_DATA, limit, null), 'prlimit', `${pid}`);
}
