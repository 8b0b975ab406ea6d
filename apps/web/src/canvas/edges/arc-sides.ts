import { probeKey, type Topology } from '@vethlab/topology';
import { bowSide, topOfArc } from '../geometry/bow-side';
import type { BowSide } from '../geometry/probe-path';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { Places } from '../nodes/node-data';
import { addressOwners } from './address-owners';

/** With more pings than this the arcs cover the drawing anyway, and looking for room would cost more than it gives. */
const mostArcs = 200;

/** Which way the arc of each ping bows, so that its label keeps clear of nodes and of the labels in the middle of wires. */
export function arcSides(topology: Topology, places: Places): ReadonlyMap<string, BowSide> {
  const sides = new Map<string, BowSide>();
  if (topology.probes.length === 0 || topology.probes.length > mostArcs) return sides;
  const obstacles = [...places.values()];
  for (const { endpoints } of topology.links) {
    const [a, b] = [places.get(nodeNameOf(endpoints[0])), places.get(nodeNameOf(endpoints[1]))];
    if (a !== undefined && b !== undefined) obstacles.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  }
  const owners = addressOwners(topology);
  for (const probe of topology.probes) {
    const from = places.get(probe.from);
    const to = places.get(owners.get(probe.to) ?? '');
    if (from !== undefined && to !== undefined) sides.set(probeKey(probe), bowSide(from, to, 0, obstacles));
  }
  return sides;
}

/** The tops of all arcs, for what must fit into the window. */
export function arcTops(topology: Topology, places: Places): readonly { readonly x: number; readonly y: number }[] {
  const sides = arcSides(topology, places);
  const owners = addressOwners(topology);
  return topology.probes.flatMap((probe) => {
    const from = places.get(probe.from);
    const to = places.get(owners.get(probe.to) ?? '');
    const side = sides.get(probeKey(probe));
    return from === undefined || to === undefined || side === undefined ? [] : [topOfArc(from, to, 0, side)];
  });
}
