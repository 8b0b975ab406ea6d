import { readFileSync } from 'node:fs';

/** Container engines name control groups after their containers: 64 hexadecimal digits. Shown short, as the engines do. */
const containerId = /(?:^|[-/])([0-9a-f]{64})(?:\.scope)?(?:\/|$)/m;
const shownDigits = 12;

/** The container of a process as its control group tells it (cgroups(7)); null when it is in none that we know of. */
export function containerOf(pid: number): string | null {
  try {
    return containerIn(readFileSync(`/proc/${pid}/cgroup`, 'utf8'));
  } catch {
    // The process ended between the two looks.
    return null;
  }
}

/** The same from the text of /proc/PID/cgroup. */
export function containerIn(text: string): string | null {
  return containerId.exec(text)?.[1]?.slice(0, shownDigits) ?? null;
}
