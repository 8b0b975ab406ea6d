import { expect, it, vi } from 'vitest';
import { CatchUp } from './catch-up.js';

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

it('does little at once', () => {
  const done: (readonly [number, boolean])[] = [];
  const work = new CatchUp<number>((item, atOnce) => done.push([item, atOnce]));
  work.add(1);
  work.add(2);
  expect(done).toEqual([
    [1, true],
    [2, true],
  ]);
});

it('leaves much for a pause, but what is taken out', async () => {
  const done: (readonly [number, boolean])[] = [];
  const work = new CatchUp<number>((item, atOnce) => done.push([item, atOnce]));
  work.pause();
  for (const number of numbers(100)) work.add(number);
  expect(work.drop(7)).toBe(true);
  expect(work.drop(7)).toBe(false);
  work.resume();
  expect(done).toEqual([]);
  await vi.waitFor(() => expect(done).toHaveLength(99), { timeout: 60_000 });
  expect(done.some(([number]) => number === 7)).toBe(false);
  expect(done.every(([, atOnce]) => !atOnce)).toBe(true);
  // What comes later is little again.
  work.add(7);
  await vi.waitFor(() => expect(done.at(-1)).toEqual([7, true]), { timeout: 60_000 });
});

it('does nothing while it is paused, nor once it is closed', async () => {
  const done: number[] = [];
  const work = new CatchUp<number>((item) => done.push(item));
  work.pause();
  work.add(1);
  expect(work.has(1)).toBe(true);
  expect(done).toEqual([]);
  work.close();
  work.resume();
  expect(work.has(1)).toBe(false);
  expect(done).toEqual([]);
});
