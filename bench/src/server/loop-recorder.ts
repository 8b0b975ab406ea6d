// Loaded into the server with --import: the longest time its event loop was held, written down when SIGUSR2 asks for it.
import { appendFileSync, readFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';
import type { LoopFigures } from './loop-figures.js';

const file = process.env.VETHLAB_BENCH_LOOP;
const tickMs = 1;

/** How long the main thread has waited for a core since it began, in ms: the second number of schedstat (kernel: scheduler/sched-stats). */
function waitedMs(): number {
  const [, waitedNs = '0'] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ');
  return Number(waitedNs) / 1e6;
}

if (isMainThread && file !== undefined) {
  const none: LoopFigures = { heldMs: 0, ownMs: 0 };
  let last = performance.now();
  let lastWaitedMs = waitedMs();
  let longest = none;
  setInterval(() => {
    const now = performance.now();
    const waited = waitedMs();
    const heldMs = now - last - tickMs;
    longest = {
      heldMs: Math.max(longest.heldMs, heldMs),
      ownMs: Math.max(longest.ownMs, heldMs - (waited - lastWaitedMs)),
    };
    last = now;
    lastWaitedMs = waited;
  }, tickMs).unref();
  process.on('SIGUSR2', () => {
    appendFileSync(file, `${JSON.stringify(longest)}\n`);
    longest = none;
  });
}
