import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { SetUpError, statePath } from './repository.mjs';

const pollMs = 100;
/** An install over a slow line and a build take a few minutes; after this long something hangs. */
const patienceMs = 20 * 60 * 1000;

/**
 * Runs `work` while no other set-up of this clone runs: `npm start` and `npm test` may be typed in two terminals.
 * @param {() => Promise<void>} work
 */
export async function withLock(work) {
  const file = lockPath();
  const deadline = performance.now() + patienceMs;
  let told = false;
  while (!take(file)) {
    if (performance.now() > deadline) {
      throw new SetUpError(`another set-up does not end · ${file} · end it, or remove that file`);
    }
    if (!told) process.stdout.write('Another set-up of this clone is running; waiting for it.\n');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, pollMs));
  }
  const release = () => rmSync(file, { force: true });
  process.once('exit', release);
  try {
    await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

function lockPath() {
  try {
    return statePath('set-up.lock');
  } catch (error) {
    throw new SetUpError(`this folder cannot be written · ${error.message} · clone as the user who runs it`);
  }
}

/** @param {string} file */
function take(file) {
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') {
      removeIfStale(file);
      return false;
    }
    throw new SetUpError(`this folder cannot be written · ${error.message} · clone as the user who runs it`);
  }
}

/** A set-up that was killed leaves its lock. @param {string} file */
function removeIfStale(file) {
  let pid = 0;
  try {
    pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    // An empty file is a lock in the moment of being taken.
    if (Number.isNaN(pid)) return;
    process.kill(pid, 0);
  } catch (error) {
    if (error.code === 'ESRCH') rmSync(file, { force: true });
    // ENOENT: released in the meantime. EPERM: alive, and somebody else's.
    else if (error.code !== 'ENOENT' && error.code !== 'EPERM') throw error;
  }
}
