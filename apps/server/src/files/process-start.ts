import { readFileSync } from 'node:fs';

/** Field 22 of /proc/PID/stat, counted from the field after the name; proc(5). */
const startTimeIndex = 22 - 3;

/**
 * When a process started, in clock ticks since boot: together with its pid it names one process. Null when there is no
 * such process; empty where the system does not tell (no /proc), but the process is there.
 */
export function processStart(pid: number): string | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may hold brackets and spaces of its own.
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // Ended, and only waiting for its parent to notice: it holds nothing any more.
    if (fields[0] === 'Z' || fields[0] === 'X') return null;
    return fields[startTimeIndex] ?? '';
  } catch {
    return isAlive(pid) ? '' : null;
  }
}

/** kill(2) with signal 0 only asks; EPERM means that it is there and another user's. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
