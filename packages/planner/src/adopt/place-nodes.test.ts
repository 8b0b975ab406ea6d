import { describe, expect, it } from 'vitest';
import { all, kernel, namespace, pair } from '../testing/typed-kernel.js';
import { adoptionOf } from './adoption-of.js';

describe('places of new nodes', () => {
  it('are near what they are wired to, and nobody lies on anybody', () => {
    const names = Array.from({ length: 12 }, (_, index) => `h${index}`);
    const ports = Object.fromEntries(names.map((name) => [name, { ...pair(name, 'eth0'), master: 'br0' }]));
    const observed = kernel(
      namespace('sw', { br0: { type: 'bridge' }, ...ports }),
      ...names.map((name) => namespace(name, { eth0: pair('sw', name) })),
    );
    const places = Object.values(all(observed).topology.canvas.nodes);
    expect(places.length).toBe(13);
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        expect(Math.abs(a.x - b.x) >= 160 || Math.abs(a.y - b.y) >= 130).toBe(true);
      }
      expect(Math.hypot(a.x - (places[0]?.x ?? 0), a.y - (places[0]?.y ?? 0))).toBeLessThan(700);
    }
    expect(all(observed).topology.canvas).toEqual(all(observed).topology.canvas);
  });

  it('come nearer when they are wired later, if nobody has moved them', () => {
    const before = all(kernel(namespace('a'), namespace('b'), namespace('c'), namespace('d'))).topology;
    const observed = kernel(
      namespace('a', { x: pair('d', 'y') }),
      namespace('b'),
      namespace('c'),
      namespace('d', { y: pair('a', 'x') }),
    );
    const movable = new Set(Object.keys(before.nodes));
    const { canvas } = adoptionOf({ topology: before, observed, items: 'all', movable }).topology;
    const still = adoptionOf({ topology: before, observed, items: 'all' }).topology.canvas;
    expect(still).toEqual(before.canvas);
    const [a, d] = [canvas.nodes.a, canvas.nodes.d];
    expect(Math.abs((a?.x ?? 0) - (d?.x ?? 0))).toBeLessThanOrEqual(220);
  });
});
