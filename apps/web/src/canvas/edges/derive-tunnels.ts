import type { Observed } from '@vethlab/observed';
import { type Topology, type Tunnel, tunnelsOf } from '@vethlab/topology';
import { type Appearance, appearanceOf, observedInterface } from '../derive/endpoint-state';
import { worseOf } from '../derive/link-state';
import type { BowSide } from '../geometry/probe-path';
import { silhouettes } from '../geometry/silhouette';
import { endpointParts } from '../state/names';
import type { TunnelFlowEdge } from './edge-data';

/** A tunnel between two nodes, as it is drawn. */
export interface DrawnTunnel {
  readonly id: string;
  readonly tunnel: Tunnel;
  readonly from: string;
  readonly to: string;
}

const known = new WeakMap<Topology['nodes'], readonly DrawnTunnel[]>();

/** The tunnels between two nodes of the lab. Asked at every frame, so an answer is kept for as long as the nodes are the same. */
export function tunnelsIn(topology: Topology): readonly DrawnTunnel[] {
  const before = known.get(topology.nodes);
  if (before !== undefined) return before;
  const tunnels = tunnelsOf(topology).flatMap((tunnel): DrawnTunnel[] => {
    const [[from], [to]] = [endpointParts(tunnel.ends[0]), endpointParts(tunnel.ends[1])];
    return from === to ? [] : [{ id: `tunnel ${tunnel.ends[0]} ${tunnel.ends[1]}`, tunnel, from, to }];
  });
  known.set(topology.nodes, tunnels);
  return tunnels;
}

/** How a tunnel looks: as the worse of its ends. */
export function tunnelAppearance({ tunnel }: DrawnTunnel, observed: Observed): Appearance {
  const [first, second] = tunnel.ends.map((end) => appearanceOf(observedInterface(observed, ...endpointParts(end))));
  return worseOf(first ?? 'planned', second ?? 'planned');
}

export interface TunnelLook {
  readonly appearance: Appearance;
  /** In words, with what may be said of it: nothing runs, or nothing has been heard since. */
  readonly word: string;
  readonly rank: number;
  readonly side: BowSide;
}

export function tunnelEdge(
  { id, tunnel, from, to }: DrawnTunnel,
  topology: Topology,
  look: TunnelLook,
): TunnelFlowEdge {
  const shapeOf = (name: string) => silhouettes[topology.nodes[name]?.kind ?? 'host'];
  const { appearance, word, rank, side } = look;
  return {
    id,
    type: 'tunnel',
    // Below the wires that carry it.
    zIndex: -1,
    source: from,
    target: to,
    // Its ends are interfaces of their nodes, and are changed there.
    selectable: false,
    focusable: false,
    ariaLabel: `tunnel ${tunnel.label} between ${tunnel.ends[0]} and ${tunnel.ends[1]}, ${word}`,
    data: { tunnel, appearance, word, shapes: [shapeOf(from), shapeOf(to)], rank, side },
  };
}
