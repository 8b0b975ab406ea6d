import { libc } from './calls.js';

/** `<linux/fcntl.h>` */
const F_DUPFD_CLOEXEC = 1030;

/** Open in every program: standard error. */
const anyFile = 2;

/** What the kernel begins with (NR_OPEN_DEFAULT is 64; Node opens some): less is not worth a call. */
const fewest = 256;

/**
 * Makes room for that many open files, or for as many as the limit of this process allows (RLIMIT_NOFILE). On a thread of the pool.
 *
 * The kernel doubles the table of a process's files when it is full, and in a process of several threads waits for all
 * processors before it goes on (expand_fdtable and synchronize_rcu, fs/file.c): 12 to 24 ms were measured for the open(2) or socket(2)
 * that was the 256th, the 512th and so on. A lab of a thousand namespaces met that five times, on the thread that everybody waits for.
 */
export async function reserveFiles(count: number): Promise<void> {
  for (let wanted = count; wanted >= fewest; wanted = Math.floor(wanted / 2)) {
    const fd = await duplicate(wanted - 1);
    if (fd < 0) continue;
    libc.close(fd);
    return;
  }
}

/** A second name of an open file, as the first free one from `lowest` on; negative when that is beyond the limit. fcntl(2). */
function duplicate(lowest: number): Promise<number> {
  return new Promise((resolve) => {
    libc.fcntl.async(anyFile, F_DUPFD_CLOEXEC, lowest, (error, fd) => resolve(error === null ? fd : -1));
  });
}
