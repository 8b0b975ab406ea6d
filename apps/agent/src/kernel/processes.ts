import { readdirSync, readlinkSync } from 'node:fs';

/**
 * Ends every process whose network namespace has one of these inodes. A namespace with a live process inside survives the
 * removal of its name (ip-netns(8)), so its processes go first. The sandbox has a process namespace of its own: `/proc` lists only ours.
 */
export function killProcessesInNamespaces(inodes: ReadonlySet<number>): number {
  let killed = 0;
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid) || pid === process.pid) continue;
    if (!inodes.has(namespaceInodeOf(pid))) continue;
    try {
      process.kill(pid, 'SIGKILL');
      killed += 1;
    } catch (error) {
      // Ended by itself between the look and the signal.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    }
  }
  return killed;
}

/** 0 when the process is gone, a zombie, or not ours to look at. */
function namespaceInodeOf(pid: number): number {
  try {
    return Number(/\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/ns/net`))?.[1] ?? 0);
  } catch {
    return 0;
  }
}
