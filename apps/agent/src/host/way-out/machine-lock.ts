import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostFolder, waysOutLock } from '../places.js';
import { startTimeOf } from '../processes.js';

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
  const deadline = performance.now() + patienceMs;
  while (!take()) {
    if (performance.now() > deadline || !isHeld()) rmSync(waysOutLock, { force: true });
    else Atomics.wait(nobody, 0, 0, pollMs);
  }
  try {
    return work();
  } finally {
    rmSync(waysOutLock, { force: true });
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

function isHeld(): boolean {
  try {
    const [pid = '', start] = readFileSync(waysOutLock, 'utf8').split(' ');
    // Empty: it is being written.
    return pid === '' || startTimeOf(Number(pid)) === start;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

/** What is waited on where no event may come between. */
const nobody = new Int32Array(new SharedArrayBuffer(4));
