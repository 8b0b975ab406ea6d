import { expect, it } from 'vitest';
import { OwnDeadline, Stalls } from './own-time.js';

/** As a machine does that has no time for this process. */
function standStill(ms: number): void {
  const until = performance.now() + ms;
  while (performance.now() < until);
}

it('a deadline in own time does not count what the process stood still', async () => {
  const deadline = new OwnDeadline(150);
  const pause = deadline.pause();
  standStill(300);
  await pause;
  expect(deadline.isOver).toBe(false);
  while (!deadline.isOver) await deadline.pause();
});

it('a gap counts as far as the process was not held up itself', async () => {
  const stalls = new Stalls();
  const from = Date.now();
  standStill(300);
  await new Promise((then) => setTimeout(then, 50));
  stalls.stop();
  const to = Date.now();
  expect(stalls.longestGapMs([from, to])).toBeLessThanOrEqual(to - from - 280);
  expect(stalls.longestGapMs([from - 2_000, from, to])).toBe(2_000);
  expect(stalls.longestGapMs([])).toBe(0);
});
