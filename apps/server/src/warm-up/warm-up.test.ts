import { validate } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { island, together } from './island.js';
import { warmUp } from './warm-up.js';

it('the warm-up lab is one that nothing is wrong with', () => {
  expect(validate(together(island(0), island(1)))).toEqual([]);
});

it('the warm-up ends, and lets others work many times meanwhile', async () => {
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  await warmUp();
  running = false;
  expect(turns).toBeGreaterThan(50);
});
