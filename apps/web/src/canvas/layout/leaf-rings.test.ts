import { emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { elkGraph, positionsOf } from './elk-graph';
import { leafRings } from './leaf-rings';

/** A router with so many hosts, and two hosts that only have each other. */
function star(hosts: number): Topology {
  const names = Array.from({ length: hosts }, (_, index) => `h${index + 1}`);
  const node = (kind: 'host' | 'router') => ({ kind, interfaces: {}, routes: [] });
  return {
    ...emptyTopology('Star'),
    nodes: Object.fromEntries([
      ['r1', node('router')],
      ...[...names, 'a', 'b'].map((name) => [name, node('host')] as const),
    ]),
    links: [
      ...names.map((name, index) => ({ endpoints: [`${name}:eth0`, `r1:eth${index}`] }) as never),
      { endpoints: ['a:eth0', 'b:eth0'] } as never,
    ],
  };
}

describe('rings of leaves', () => {
  it.each([20, 100, 1_000])('hold every one of %i hosts around their router, none on another', (hosts) => {
    const topology = star(hosts);
    const rings = leafRings(topology);
    expect([...rings.keys()]).toEqual(['r1']);
    const places = [...(rings.get('r1')?.offsets.values() ?? []), { x: 0, y: 0 }];
    expect(places).toHaveLength(hosts + 1);
    let nearest = Infinity;
    for (const [index, a] of places.entries()) {
      for (const b of places.slice(index + 1)) {
        const touches = Math.max(Math.abs(a.x - b.x) / 64, Math.abs(a.y - b.y) / 96);
        nearest = Math.min(nearest, touches);
      }
    }
    // Either beside each other, or one below the other's caption.
    expect(nearest).toBeGreaterThan(1);
  });

  it('are wider than high and nearly as deep as broad, so that a thousand hosts fit a window', () => {
    const block = leafRings(star(1_000)).get('r1');
    expect((block?.width ?? 0) / (block?.height ?? 1)).toBeCloseTo(1.4, 1);
    expect(block?.width).toBeLessThan(8_000);
  });

  it('are one node to ELK, and come back around wherever it put that', () => {
    const topology = star(20);
    const rings = leafRings(topology);
    const graph = elkGraph(topology, rings);
    expect(graph.children?.map((child) => child.id)).toEqual(['r1', 'a', 'b']);
    expect(graph.edges).toHaveLength(1);
    const placed = { ...graph, children: graph.children?.map((child) => ({ ...child, x: 800, y: 0 })) ?? [] };
    const places = positionsOf(placed, rings);
    expect(places.size).toBe(23);
    expect(places.get('h1')?.x).toBe(places.get('r1')?.x);
  });

  it('are not made of a few hosts: these read well in a row', () => {
    expect(leafRings(star(4)).size).toBe(0);
  });
});
