import { expect, it } from 'vitest';
import { fitInto } from './fit-into';

it('stretches places over the box, and centres an axis without extent', () => {
  const box = { width: 100, height: 50, paddingX: 10, paddingTop: 5, paddingBottom: 5 };
  const places = new Map([
    ['a', { x: -500, y: 7 }],
    ['b', { x: 500, y: 7 }],
    ['c', { x: 0, y: 7 }],
  ]);
  expect([...fitInto(places, box).values()]).toEqual([
    { x: 10, y: 25 },
    { x: 90, y: 25 },
    { x: 50, y: 25 },
  ]);
});
