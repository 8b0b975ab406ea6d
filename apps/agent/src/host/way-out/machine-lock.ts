import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostFolder, waysOutLock } from '../places.js';
import { startTimeOf } from '../processes.js';
import { waitHere } from '../wait-here.js';

/** Whoever has the lock needs some milliseconds. */
const patienceMs = 2_000;
const pollMs = 2;

/** Names one process for ever. */
const us = () => `${process.pid} ${startTimeOf(process.pid)}`;

/**
 * Runs `work` while no other agent changes what the ways out of all labs share on the machine: numbers, switches, rules. Of a process that is gone, or
 * that has held it for longer than anybody needs, the lock is taken away.
 */
export function withMachineLock<Result>(work: () => Result): Result {
  mkdirSync(hostFolder, { recursive: true, mode: 0o755 });
  let deadline = performance.now() + patienceMs;
  while (!take()) {
    const holder = contentOfLock();
    if (performance.now() <= deadline && !isGone(holder)) waitHere(pollMs);
    else {
      letGoOf(holder);
      deadline = performance.now() + patienceMs;
    }
  }
  try {
    return work();
  } finally {
    letGoOf(us());
  }
}

function take(): boolean {
  try {
    writeFileSync(waysOutLock, us(), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/** Whoever has taken it away from us, or from whom we take it, keeps what is his by now. */
function letGoOf(holder: string | null): void {
  if (holder !== null && contentOfLock() === holder) rmSync(waysOutLock, { force: true });
}

/** Null: nobody has it. Empty: it is being written. */
function contentOfLock(): string | null {
  try {
    return readFileSync(waysOutLock, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

function isGone(holder: string | null): boolean {
  const [pid = '', start] = holder?.split(' ') ?? [];
  return pid !== '' && startTimeOf(Number(pid)) !== start;
}
