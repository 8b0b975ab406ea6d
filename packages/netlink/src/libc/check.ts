import { NetlinkError } from '../errors/netlink-error.js';
import { lastErrno } from './library.js';

/**
 * Hands on the result of a system call, or throws the kernel's refusal.
 * @param result what the call returned; must be looked at before any other call on this thread.
 * @param syscall its name, for the error.
 * @param subject what it was about (a path, a name), for the error.
 */
export function check(result: number, syscall: string, subject?: string): number {
  if (result < 0) throw new NetlinkError({ errno: lastErrno(), syscall, subject });
  return result;
}
