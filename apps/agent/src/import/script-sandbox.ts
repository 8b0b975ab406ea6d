import { readdirSync, readFileSync } from 'node:fs';
import { mountTmpfs } from '@vethlab/netlink';
import { captureCommand } from '../commands/run-command.js';

/** What a script may fill: room for any honest file, and nothing to the machine. */
const scratchBytes = 64 * 1024 * 1024;

const remountLimitMs = 5_000;

/**
 * Makes what a script can reach read-only, other than the folders that are the sandbox's own: a script is somebody else's, and
 * the machine's files are ours. What the kernel does not let us remount stays as the machine's permissions have it.
 */
const readOnly = `while read -r _ _ _ _ target _; do
  case $target in /run | /run/* | /proc | /proc/* | /sys | /sys/* | /dev | /dev/* | /tmp) continue ;; esac
  mount -o remount,bind,ro "$(printf %b "$target")" 2>/dev/null
done </proc/self/mountinfo
true`;

/**
 * Whether this agent is alone in a sandbox: it may end every process then. On a host it never may.
 */
export function isSandbox(): boolean {
  return readFileSync('/proc/1/cmdline', 'utf8').split('\0').includes('vethlab-init');
}

/** Gives the sandbox folders of its own for what a script writes, bounded. */
export async function prepareForScript(): Promise<void> {
  mountTmpfs('/tmp', { mode: 0o1777, sizeBytes: scratchBytes });
  mountTmpfs('/dev/shm', { mode: 0o1777, sizeBytes: scratchBytes });
  await captureCommand({ command: ['sh', '-c', readOnly], timeoutMs: remountLimitMs, maxBytes: 1_000 });
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
