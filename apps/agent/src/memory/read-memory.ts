import { readdirSync, readFileSync } from 'node:fs';

/** A process of the sandbox and the memory that it takes. */
export interface MemoryUser {
  readonly pid: number;
  readonly bytes: number;
}

/** As the kernel maps memory: 4 KB on most machines, 16 or 64 KB on some of arm64 (proc(5), smaps). */
const pageBytes = 1024 * Number(/^KernelPageSize:\s+(\d+) kB$/m.exec(textOf('/proc/self/smaps'))?.[1] ?? 4);

/** Pids of all programs in the sandbox, other than its init and this process. */
export function programs(): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 1 && pid !== process.pid);
}

/** Resident memory, quickly: what processes share counts for each of them, so the sum is never too small. */
export function residentBytes(pid: number): number {
  return pageBytes * Number(textOf(`/proc/${pid}/statm`).split(' ')[1] ?? 0);
}

/** Resident memory, of which what is shared is divided among those that share it; a hundred times slower. */
export function ownBytes(pid: number): number {
  const kilobytes = /^Pss:\s+(\d+) kB$/m.exec(textOf(`/proc/${pid}/smaps_rollup`))?.[1];
  return kilobytes === undefined ? residentBytes(pid) : 1024 * Number(kilobytes);
}

/** Process group and session of a process, fields 5 and 6 of /proc/PID/stat; its name may hold spaces and brackets. */
export function groupsOf(pid: number): { readonly group: number; readonly session: number } {
  const text = textOf(`/proc/${pid}/stat`);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { group: Number(fields[2] ?? 0), session: Number(fields[3] ?? 0) };
}

export function nameOf(pid: number): string {
  return textOf(`/proc/${pid}/comm`).trim();
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Ended between the two looks.
    return '';
  }
}
