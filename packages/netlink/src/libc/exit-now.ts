import { libc } from './calls.js';

/** Ends the process with this exit code at once, whatever its other threads wait for in the kernel; _exit(2). Nothing is written out any more. */
export function exitNow(code: number): void {
  libc.exitNow(code);
}
