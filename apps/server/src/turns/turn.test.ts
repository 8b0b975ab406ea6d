import { expect, it } from 'vitest';
import { turn } from './turn.js';

it('gives one piece of work a turn at a time, in the order in which they asked', async () => {
  const order: string[] = [];
  let loops = 0;
  let counting = true;
  const count = () => {
    loops += 1;
    if (counting) setImmediate(count);
  };
  setImmediate(count);
  const work = async (name: string) => {
    for (let slice = 0; slice < 3; slice += 1) {
      await turn();
      order.push(`${name}${slice} in ${loops}`);
    }
  };
  await Promise.all([work('a'), work('b'), work('c')]);
  counting = false;
  expect(order.map((entry) => entry.slice(0, 2))).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'c1', 'a2', 'b2', 'c2']);
  expect(new Set(order.map((entry) => entry.slice(3))).size).toBe(order.length);
});
