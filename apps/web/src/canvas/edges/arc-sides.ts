import { type Position, probeKey, type Topology } from '@vethlab/topology';
import { bowSide, labelOfArc } from '../geometry/bow-side';
import type { BowSide } from '../geometry/probe-path';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { Places } from '../nodes/node-data';
import { addressOwners } from './address-owners';
import { tunnelsIn } from './derive-tunnels';

/** With more of them than this the arcs cover the drawing anyway, and looking for room would cost more than it gives. */
const mostArcs = 200;

/** The arcs of a lab: its tunnels and its pings, by the ids of their edges. */
function arcsOf(topology: Topology): readonly { readonly id: string; readonly from: string; readonly to: string }[] {
  const owners = addressOwners(topology);
  const pings = topology.probes.flatMap((probe) => {
    const to = owners.get(probe.to);
    return to === undefined || to === probe.from ? [] : [{ id: probeKey(probe), from: probe.from, to }];
  });
  return [...tunnelsIn(topology), ...pings];
}

/** Which way the arc of each ping and tunnel bows, so that its label keeps clear of nodes and of the labels in the middle of wires. */
export function arcSides(topology: Topology, places: Places): ReadonlyMap<string, BowSide> {
  const sides = new Map<string, BowSide>();
  const arcs = arcsOf(topology);
  if (arcs.length === 0 || arcs.length > mostArcs) return sides;
  const obstacles = [...places.values()];
  for (const { endpoints } of topology.links) {
    const [a, b] = [places.get(nodeNameOf(endpoints[0])), places.get(nodeNameOf(endpoints[1]))];
    if (a !== undefined && b !== undefined) obstacles.push({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  }
  for (const arc of arcs) {
    const [from, to] = [places.get(arc.from), places.get(arc.to)];
    if (from !== undefined && to !== undefined) sides.set(arc.id, bowSide(from, to, 0, obstacles));
  }
  return sides;
}

/** Arcs of two nodes that bow the same way, whichever of the two they begin at, lie one above the other. */
export function nextRank(ranks: Map<string, number>, from: string, to: string, side: BowSide): number {
  const turned = from > to;
  const isLeft = (side === 'left') !== turned;
  const key = turned ? `${to}>${from} ${isLeft}` : `${from}>${to} ${isLeft}`;
  const rank = ranks.get(key) ?? 0;
  ranks.set(key, rank + 1);
  return rank;
}

/** The middles of the labels of all arcs, those that lie above others included, for what must fit into the window. */
export function arcLabels(topology: Topology, places: Places): readonly Position[] {
  const sides = arcSides(topology, places);
  const ranks = new Map<string, number>();
  return arcsOf(topology).flatMap((arc) => {
    const [from, to] = [places.get(arc.from), places.get(arc.to)];
    const side = sides.get(arc.id);
    if (from === undefined || to === undefined || side === undefined) return [];
    return [labelOfArc(from, to, nextRank(ranks, arc.from, arc.to, side), side)];
  });
}
