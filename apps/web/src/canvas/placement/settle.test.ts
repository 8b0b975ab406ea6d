import { applyEdit, type Edit, emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { freeSpot, nodeRoom } from './free-spot';
import { clearOfOthers, liesOn, settledPlace } from './settle';

function after(topology: Topology, ...edits: readonly Edit[]): Topology {
  return edits.reduce((before, edit) => {
    const result = applyEdit(before, edit);
    if (!result.ok) throw new Error(result.diagnostics[0]?.detail);
    return result.topology;
  }, topology);
}

const add = (name: string, x: number, y: number, kind: 'host' | 'router' = 'host'): Edit =>
  ({ type: 'add-node', kind, name, position: { x, y } }) as Edit;

describe('two nodes on one spot', () => {
  const both = after(emptyTopology('Test'), add('h1', 0, 0), add('r1', 0, 0, 'router'));

  it('the later one gives way, the earlier one stays, whoever asks', () => {
    expect(settledPlace(both, 'h1')).toBeNull();
    expect(settledPlace(both, 'r1')).toEqual({ x: nodeRoom.width, y: 0 });
  });

  it('nobody gives way twice: where it goes there is room', () => {
    const place = settledPlace(both, 'r1') ?? { x: 0, y: 0 };
    const settled = after(both, { type: 'move-nodes', positions: { r1: place } });
    expect(settledPlace(settled, 'r1')).toBeNull();
  });

  it('three on one spot end on three', () => {
    let topology = after(both, add('h2', 0, 0));
    for (const name of ['h2', 'r1', 'h2']) {
      const place = settledPlace(topology, name);
      if (place !== null) topology = after(topology, { type: 'move-nodes', positions: { [name]: place } });
    }
    const places = Object.values(topology.canvas.nodes);
    for (const [index, place] of places.entries()) {
      expect(places.slice(index + 1).some((other) => liesOn(place, other))).toBe(false);
    }
  });

  it('nodes that a person put close together, but in sight, stay', () => {
    const close = after(emptyTopology('Test'), add('h1', 0, 0), add('h2', 48, 0));
    expect(settledPlace(close, 'h2')).toBeNull();
  });

  it('a node that is gone, or has no place, has nothing to settle', () => {
    expect(settledPlace(both, 'h9')).toBeNull();
    expect(settledPlace(both, '__proto__')).toBeNull();
  });

  it('a free spot never hides another node', () => {
    const taken = [{ x: 0, y: 0 }];
    expect(liesOn(freeSpot({ x: 0, y: 0 }, taken), { x: 0, y: 0 })).toBe(false);
  });
});

describe('nodes that are dropped', () => {
  const places = new Map([
    ['h1', { x: 0, y: 0 }],
    ['h2', { x: 400, y: 0 }],
    ['h3', { x: 800, y: 0 }],
  ]);
  it('go beside the one they would hide', () => {
    const [place] = clearOfOthers(new Map([['h1', { x: 400, y: 8 }]]), places).values();
    expect(place && [...places.values()].some((other) => liesOn(place, other))).toBe(false);
  });
  it('stay where they were dropped otherwise, also on places that they leave together', () => {
    const moved = new Map([
      ['h1', { x: 400, y: 0 }],
      ['h2', { x: 0, y: 0 }],
    ]);
    expect(clearOfOthers(moved, places)).toEqual(moved);
  });
});
