import type { Position, Topology } from '@vethlab/topology';
import { nodeNameOf } from '../nodes/derive-nodes';

/** Nodes with a single neighbour, around that neighbour. */
export interface LeafRings {
  /** Where each leaf stands, from the centre of its hub. */
  readonly offsets: ReadonlyMap<string, Position>;
  /** What hub and leaves cover together. */
  readonly width: number;
  readonly height: number;
}

/** Fewer leaves than this read well as a row below their hub. */
const fewestLeaves = 9;
/** Half the height of the innermost ring, and what each further ring adds, in canvas units: wires keep room for a label. */
const innermost = 176;
const between = 136;
/** Neighbours on a ring are at least this far apart where it runs steeply: a node and its caption. */
const apart = 112;
/** Rings are wider than high, as screens are. */
const wideness = 1.4;

/** Hubs with many leaves: one row of a hundred hosts would be a line that no window holds; rings use both directions. */
export function leafRings(topology: Topology): ReadonlyMap<string, LeafRings> {
  const neighbours = new Map<string, Set<string>>(Object.keys(topology.nodes).map((name) => [name, new Set()]));
  for (const { endpoints } of topology.links) {
    const [a, b] = [nodeNameOf(endpoints[0]), nodeNameOf(endpoints[1])];
    neighbours.get(a)?.add(b);
    neighbours.get(b)?.add(a);
  }
  const leaves = new Map<string, string[]>();
  for (const [name, others] of neighbours) {
    const [hub] = others;
    if (hub === undefined || others.size > 1) continue;
    const list = leaves.get(hub);
    if (list) list.push(name);
    else leaves.set(hub, [name]);
  }
  const many = [...leaves].filter(([, names]) => names.length >= fewestLeaves);
  return new Map(many.map(([hub, names]) => [hub, around(names)]));
}

function around(names: readonly string[]): LeafRings {
  const offsets = new Map<string, Position>();
  let next = 0;
  let reach = 0;
  for (let ring = 0; next < names.length; ring += 1) {
    reach = innermost + ring * between;
    const held = Math.min(names.length - next, Math.floor((2 * Math.PI * reach) / apart));
    // Every other ring is turned by half a step: its wires go between the nodes of the ring inside.
    const turn = ring % 2 === 0 ? 0 : Math.PI / held;
    for (let place = 0; place < held; place += 1) {
      const angle = (2 * Math.PI * place) / held + turn - Math.PI / 2;
      const name = names[next + place];
      if (name === undefined) continue;
      offsets.set(name, { x: Math.cos(angle) * reach * wideness, y: Math.sin(angle) * reach });
    }
    next += held;
  }
  return { offsets, width: 2 * reach * wideness + between, height: 2 * reach + between };
}
