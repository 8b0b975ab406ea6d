import { emptyTopology, type Topology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { type ReachTarget, reachBatches } from './reach-batches.js';

const hosts = (count: number): ReachTarget[] =>
  Array.from({ length: count }, (_, index) => ({ node: `h${index}`, ifname: 'eth0', address: `10.0.0.${index + 1}` }));

/** Hosts on one switch: their interfaces share a segment. */
function switched(count: number): Topology {
  const nodes = Object.fromEntries(
    hosts(count).map(({ node }) => [
      node,
      { kind: 'host', interfaces: { eth0: { addresses: [], up: true } }, routes: [] },
    ]),
  );
  const ports = Object.fromEntries(hosts(count).map(({ node }) => [`p-${node}`, { addresses: [], up: true }]));
  return {
    ...emptyTopology('Switched'),
    nodes: { ...nodes, sw1: { kind: 'switch', interfaces: ports, routes: [] } } as unknown as Topology['nodes'],
    links: hosts(count).map(({ node }) => ({ endpoints: [`${node}:eth0`, `sw1:p-${node}`], up: true })),
  };
}

describe('the pairs of a reachability sweep', () => {
  it.each([2, 15, 40])('hold every ordered pair of %i hosts exactly once', (count) => {
    const pairs = reachBatches(switched(count), hosts(count)).flatMap((batch) => batch.pairs);
    const names = pairs.map(([from, to]) => `${from.node} ${to.node}`);
    expect(new Set(names).size).toBe(count * (count - 1));
    expect(names.length).toBe(count * (count - 1));
  });

  it('go together where the table of neighbours has room', () => {
    const batches = reachBatches(switched(10), hosts(10));
    expect(batches.map(({ forget }) => forget)).toEqual([false]);
  });

  it('take turns where a hundred hosts share a switch, with few neighbours at a time', () => {
    const batches = reachBatches(switched(100), hosts(100));
    expect(batches.every(({ forget }) => forget)).toBe(true);
    expect(Math.max(...batches.map(({ pairs }) => pairs.length))).toBeLessThanOrEqual(400);
  });

  it('go together when every host has a segment of its own', () => {
    const { nodes, ...rest } = switched(100);
    const batches = reachBatches({ ...rest, nodes, links: [] }, hosts(100));
    expect(batches).toHaveLength(1);
  });
});
