import { describe, expect, it } from 'vitest';
import { placeGhosts } from './place-ghosts';

const apart = (a: { x: number; y: number }, b: { x: number; y: number }): boolean =>
  Math.abs(a.x - b.x) >= 128 || Math.abs(a.y - b.y) >= 104;

const nodes = new Map([
  ['h1', { x: 0, y: 0 }],
  ['h2', { x: 224, y: 0 }],
]);
const ghost = (id: string, ...neighbours: string[]) => ({ id: `kernel/${id}`, neighbours });

describe('places of ghosts', () => {
  it('are right of the drawing, in a row, as typed', () => {
    const places = placeGhosts(nodes, [ghost('a'), ghost('b')], new Map());
    expect([...places.values()]).toEqual([
      { x: 0, y: 0 },
      { x: 224, y: 0 },
      { x: 448, y: 0 },
      { x: 672, y: 0 },
    ]);
  });

  it('are beside what a ghost is wired to', () => {
    const place = placeGhosts(nodes, [ghost('a', 'h1')], new Map()).get('kernel/a');
    expect(place && Math.hypot(place.x, place.y)).toBeLessThan(250);
  });

  it('are on nobody, however many there are', () => {
    const many = Array.from({ length: 150 }, (_, index) => ghost(`g${index}`, ...(index % 3 === 0 ? ['h1'] : [])));
    const places = [...placeGhosts(nodes, many, new Map()).values()];
    for (const [index, place] of places.entries()) {
      expect(places.slice(index + 1).every((other) => apart(place, other))).toBe(true);
    }
  });

  it('stay while others come and go, and when a wire is added', () => {
    const first = placeGhosts(nodes, [ghost('a'), ghost('b'), ghost('c')], new Map());
    const second = placeGhosts(nodes, [ghost('x'), ghost('b', 'h1'), ghost('c')], first);
    expect(second.get('kernel/b')).toEqual(first.get('kernel/b'));
    expect(second.get('kernel/c')).toEqual(first.get('kernel/c'));
    expect([...placeGhosts(nodes, [ghost('c')], second).keys()]).toEqual(['h1', 'h2', 'kernel/c']);
  });

  it('give way to a node that is put there', () => {
    const before = placeGhosts(nodes, [ghost('a')], new Map());
    const moved = new Map([...nodes, ['h2', before.get('kernel/a') ?? { x: 0, y: 0 }] as const]);
    const after = placeGhosts(moved, [ghost('a')], before);
    const [place, other] = [after.get('kernel/a'), after.get('h2')];
    expect(place !== undefined && other !== undefined && apart(place, other)).toBe(true);
  });
});
