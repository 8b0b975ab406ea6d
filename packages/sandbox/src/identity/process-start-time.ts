import { readFile } from 'node:fs/promises';

/** Field 22 of /proc/PID/stat, counted from the field after the name; proc(5). */
const startTimeIndex = 22 - 3;

/** When a process started, in clock ticks since boot: with its pid it names one process for ever. Null when there is no such process. */
export async function startTimeOf(pid: number | string): Promise<string | null> {
  try {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The name is in brackets and may hold brackets and spaces of its own.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[startTimeIndex] ?? null;
  } catch {
    return null;
  }
}

export async function ownStartTime(): Promise<string> {
  const startTime = await startTimeOf(process.pid);
  if (startTime === null) throw new Error('/proc/self/stat cannot be read: is /proc mounted?');
  return startTime;
}
