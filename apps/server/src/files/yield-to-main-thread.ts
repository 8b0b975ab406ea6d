import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';

/** Half of what a user may give away: it still gets on when the machine is busy with something else. */
const niceness = 10;

/**
 * Lets the main thread go first where both want the processor: reading a file of 1,000 nodes takes half a second, and
 * the edits of those who work meanwhile take milliseconds. Linux has a niceness for each thread (setpriority(2), Notes);
 * where `/proc` does not tell its number, all threads stay alike.
 */
export function yieldToMainThread(): void {
  const id = threadId();
  if (id !== null) setPriority(id, niceness);
}

/** The number of the calling thread (proc_thread-self(5): `PID/task/TID`). */
function threadId(): number | null {
  try {
    const [, id] = /\/task\/(\d+)$/.exec(readlinkSync('/proc/thread-self')) ?? [];
    return id === undefined ? null : Number(id);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
