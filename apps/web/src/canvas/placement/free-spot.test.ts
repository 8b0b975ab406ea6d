import { describe, expect, it } from 'vitest';
import { align } from './align';
import { freeSpot, nodeRoom } from './free-spot';
import { nodeAt } from './node-at';

const apart = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
  Math.abs(a.x - b.x) >= 128 || Math.abs(a.y - b.y) >= 104;

describe('a free spot', () => {
  it('is the wanted one, on the grid, when nothing is there', () => {
    expect(freeSpot({ x: 3, y: 5 }, [])).toEqual({ x: 0, y: 8 });
  });
  it('is never on another node, however many there are', () => {
    const taken: { x: number; y: number }[] = [];
    for (let index = 0; index < 200; index += 1) {
      const spot = freeSpot({ x: 0, y: 0 }, taken);
      expect(taken.every((other) => apart(other, spot))).toBe(true);
      taken.push(spot);
    }
  });
  it('is to the right first', () => {
    expect(freeSpot({ x: 0, y: 0 }, [{ x: 0, y: 0 }])).toEqual({ x: nodeRoom.width, y: 0 });
  });
});

describe('finding the node under a dropped wire', () => {
  const places = new Map([
    ['h1', { x: 0, y: 0 }],
    ['h2', { x: 80, y: 0 }],
    ['kernel/x', { x: 400, y: 0 }],
  ]);
  it('takes the nearest one, with some reach', () => {
    expect(nodeAt({ x: 45, y: 0 }, places, 14)).toBe('h2');
    expect(nodeAt({ x: 30, y: 0 }, places, 14)).toBe('h1');
    expect(nodeAt({ x: 200, y: 0 }, places, 14)).toBeNull();
  });
  it('leaves unmanaged namespaces alone', () => {
    expect(nodeAt({ x: 400, y: 0 }, places, 14)).toBeNull();
  });
});

describe('aligning', () => {
  const places = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 90, y: 40 }],
    ['c', { x: 300, y: 80 }],
  ]);
  it('in a row keeps x and shares y', () => {
    expect([...align(places, 'row').values()]).toEqual([
      { x: 0, y: 40 },
      { x: 90, y: 40 },
      { x: 300, y: 40 },
    ]);
  });
  it('in a row puts nodes beside each other that stood one above the other', () => {
    const stacked = new Map([
      ['a', { x: 0, y: 0 }],
      ['b', { x: 0, y: 200 }],
      ['c', { x: 8, y: 400 }],
    ]);
    const xs = [...align(stacked, 'row').values()].map(({ x }) => x).toSorted((one, other) => one - other);
    expect(xs).toEqual([0, 128, 256]);
  });
  it('spreads evenly between the outermost two', () => {
    expect(align(places, 'spread-across').get('b')).toEqual({ x: 150, y: 40 });
  });
});
