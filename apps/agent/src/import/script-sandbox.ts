import { readdirSync, readFileSync } from 'node:fs';
import { mountTmpfs } from '@vethlab/netlink';

/** What a script may fill: room for any honest file, and nothing to the machine. */
const scratchBytes = 64 * 1024 * 1024;

/**
 * Whether this agent is alone in a sandbox: it may end every process then. On a host it never may.
 */
export function isSandbox(): boolean {
  return readFileSync('/proc/1/cmdline', 'utf8').split('\0').includes('vethlab-init');
}

/** Whether the sandbox was started for what strangers wrote: the machine's files are hidden there, or read-only. */
export function isConfined(): boolean {
  return process.env.VETHLAB_CONFINED === '1';
}

/** Gives the sandbox folders of its own for what a script writes, bounded. */
export function prepareForScript(): void {
  mountTmpfs('/tmp', { mode: 0o1777, sizeBytes: scratchBytes });
  mountTmpfs('/dev/shm', { mode: 0o1777, sizeBytes: scratchBytes });
}

/** How often a fork bomb is hit until nothing of it is left. */
const roundsMax = 100;

/** Ends every process of the sandbox other than this one and its init. */
export async function endEverything(): Promise<void> {
  for (let round = 0; round < roundsMax; round += 1) {
    try {
      // Linux leaves out the caller and pid 1 (kill(2)).
      process.kill(-1, 'SIGKILL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ESRCH') return;
      throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
    if (othersAlive() === 0) return;
  }
}

function othersAlive(): number {
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && entry !== '1' && Number(entry) !== process.pid)
    .length;
}
