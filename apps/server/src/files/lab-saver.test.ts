import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { saveDelayMs, saveRetryMs } from '../limits.js';
import { LabSaver } from './lab-saver.js';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A saver whose saves end when told to. */
function saver() {
  const saves: { readonly done: () => void; readonly fail: (error: Error) => void }[] = [];
  const results: unknown[] = [];
  const made = new LabSaver(
    () => new Promise<void>((resolve, reject) => saves.push({ done: resolve, fail: reject })),
    (error) => results.push(error),
  );
  return { made, saves, results };
}

it('saves many changes once, a moment after the first', async () => {
  const { made, saves } = saver();
  for (let count = 0; count < 10; count += 1) made.changed();
  expect(saves).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(saveDelayMs);
  expect(saves).toHaveLength(1);
});

it('saves again what changed while it was saving, and never two at a time', async () => {
  const { made, saves, results } = saver();
  made.changed();
  await vi.advanceTimersByTimeAsync(saveDelayMs);
  made.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves).toHaveLength(1);
  saves[0]?.done();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves).toHaveLength(2);
  saves[1]?.done();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves).toHaveLength(2);
  expect(results).toEqual([null, null]);
  expect(made.dirty).toBe(false);
});

it('tries again after a failure, at growing distances, until it succeeds', async () => {
  const { made, saves, results } = saver();
  const full = new Error('full');
  made.changed();
  await vi.advanceTimersByTimeAsync(saveDelayMs);
  saves[0]?.fail(full);
  await vi.advanceTimersByTimeAsync(saveRetryMs);
  expect(saves).toHaveLength(2);
  saves[1]?.fail(full);
  await vi.advanceTimersByTimeAsync(saveRetryMs);
  expect(saves).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(saveRetryMs);
  expect(saves).toHaveLength(3);
  saves[2]?.done();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves).toHaveLength(3);
  expect(results).toEqual([full, full, null]);
});

it('writes what is left when asked to, and nothing once it is stopped', async () => {
  const { made, saves } = saver();
  made.changed();
  const flushed = made.flush();
  await vi.advanceTimersByTimeAsync(0);
  expect(saves).toHaveLength(1);
  saves[0]?.done();
  await flushed;
  await made.stop();
  made.changed();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(saves).toHaveLength(1);
});
