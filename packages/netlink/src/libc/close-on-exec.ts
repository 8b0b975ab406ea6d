import { readdirSync } from 'node:fs';
import { libc } from './calls.js';

/** `<asm-generic/fcntl.h>` */
const F_SETFD = 2;
const FD_CLOEXEC = 1;

/** Standard input, output and error are for every program. */
const lastStandardFile = 2;

/**
 * Marks everything this process has open now, but for the standard files, as not to be inherited by programs it starts.
 * Node and this package open theirs so anyway; what our own parent left open to us is passed on otherwise, to whoever forks
 * without closing it. A file that is gone in the meantime is no error.
 */
export function closeFilesOnExec(): void {
  for (const name of readdirSync('/proc/self/fd')) {
    const fd = Number(name);
    if (fd > lastStandardFile) libc.fcntl(fd, F_SETFD, FD_CLOEXEC);
  }
}
