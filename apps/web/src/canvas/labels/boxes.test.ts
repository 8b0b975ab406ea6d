import { describe, expect, it } from 'vitest';
import { BoxIndex, boxesMeet, lineMeets } from './boxes';

const box = { x: 0, y: 0, width: 10, height: 10 };

describe('boxes', () => {
  it('meet when they share more than an edge', () => {
    expect(boxesMeet(box, { x: 9, y: 9, width: 5, height: 5 })).toBe(true);
    expect(boxesMeet(box, { x: 10, y: 0, width: 5, height: 5 })).toBe(false);
  });

  it.each([
    ['through', { x: -5, y: 5 }, { x: 15, y: 5 }, true],
    ['across a corner', { x: -2, y: 4 }, { x: 4, y: -2 }, true],
    ['past a corner', { x: -4, y: 2 }, { x: 2, y: -4 }, false],
    ['towards it but not there yet', { x: -5, y: 5 }, { x: -1, y: 5 }, false],
    ['inside', { x: 2, y: 2 }, { x: 3, y: 3 }, true],
    ['of no length, outside', { x: 20, y: 20 }, { x: 20, y: 20 }, false],
  ])('a line %s', (_how, from, to, meets) => {
    expect(lineMeets(from, to, box)).toBe(meets);
  });

  it('are found wherever they lie, also over several cells and left of the origin', () => {
    const index = new BoxIndex<{ box: typeof box }>();
    const wide = { box: { x: -500, y: -20, width: 900, height: 30 } };
    index.add(wide);
    expect(index.some({ x: 350, y: 0, width: 10, height: 10 }, () => true)).toBe(true);
    expect(index.some({ x: -490, y: -10, width: 1, height: 1 }, (item) => item === wide)).toBe(true);
    expect(index.some({ x: 450, y: 0, width: 10, height: 10 }, () => true)).toBe(false);
  });
});
