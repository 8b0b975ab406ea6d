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
  it('are in a row below the drawing, as typed', () => {
    const places = placeGhosts(nodes, [ghost('a'), ghost('b')], new Map(), 'below');
    expect([places.get('kernel/a'), places.get('kernel/b')]).toEqual([
      { x: 0, y: 152 },
      { x: 224, y: 152 },
    ]);
  });

  it('are right of the drawing, where adopted nodes go, when they are adopted at once, and in an empty lab', () => {
    expect(placeGhosts(nodes, [ghost('a')], new Map(), 'beside').get('kernel/a')).toEqual({ x: 448, y: 0 });
    expect([...placeGhosts(new Map(), [ghost('a'), ghost('b')], new Map(), 'below').values()]).toEqual([
      { x: 0, y: 0 },
      { x: 224, y: 0 },
    ]);
  });

  it('are below what a ghost is wired to', () => {
    expect(placeGhosts(nodes, [ghost('a', 'h2')], new Map(), 'below').get('kernel/a')).toEqual({ x: 224, y: 152 });
  });

  it('are under all that they are wired to for what must not stand beside them, whenever it comes', () => {
    const root = { ...ghost('', 'h1', 'h2'), under: true };
    for (const row of ['below', 'beside'] as const)
      expect(placeGhosts(nodes, [root], new Map(), row).get('kernel/')).toEqual({ x: 112, y: 152 });
    const typed = { ...ghost('', 'kernel/a', 'kernel/b'), under: true };
    const places = placeGhosts(new Map(), [typed, ghost('a'), ghost('b')], new Map(), 'below');
    expect(places.get('kernel/')).toEqual({ x: 112, y: 152 });
  });

  it('are on nobody, however many there are', () => {
    const many = Array.from({ length: 150 }, (_, index) => ghost(`g${index}`, ...(index % 3 === 0 ? ['h1'] : [])));
    const places = [...placeGhosts(nodes, many, new Map(), 'below').values()];
    for (const [index, place] of places.entries()) {
      expect(places.slice(index + 1).every((other) => apart(place, other))).toBe(true);
    }
  });

  it('stay while others come and go, and when a wire is added', () => {
    const first = placeGhosts(nodes, [ghost('a'), ghost('b'), ghost('c')], new Map(), 'below');
    const second = placeGhosts(nodes, [ghost('x'), ghost('b', 'h1'), ghost('c')], first, 'below');
    expect(second.get('kernel/b')).toEqual(first.get('kernel/b'));
    expect(second.get('kernel/c')).toEqual(first.get('kernel/c'));
    expect([...placeGhosts(nodes, [ghost('c')], second, 'below').keys()]).toEqual(['h1', 'h2', 'kernel/c']);
  });

  it('give way to a node that is put there', () => {
    const before = placeGhosts(nodes, [ghost('a')], new Map(), 'below');
    const moved = new Map([...nodes, ['h2', before.get('kernel/a') ?? { x: 0, y: 0 }] as const]);
    const after = placeGhosts(moved, [ghost('a')], before, 'below');
    const [place, other] = [after.get('kernel/a'), after.get('h2')];
    expect(place !== undefined && other !== undefined && apart(place, other)).toBe(true);
  });
});
