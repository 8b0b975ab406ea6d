// Loaded into the server with --import: the longest time its event loop was held, written down when SIGUSR2 asks for it.
import { appendFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

const file = process.env.VETHLAB_BENCH_LOOP;
const tickMs = 1;

if (isMainThread && file !== undefined) {
  let last = performance.now();
  let longest = 0;
  setInterval(() => {
    const now = performance.now();
    longest = Math.max(longest, now - last - tickMs);
    last = now;
  }, tickMs).unref();
  process.on('SIGUSR2', () => {
    appendFileSync(file, `${longest}\n`);
    longest = 0;
  });
}
