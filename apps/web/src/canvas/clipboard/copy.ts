import type { Link, Node, NodeName, Position, Topology } from '@vethlab/topology';
import type { Places } from '../nodes/node-data';
import { asNodeName, endpointParts } from '../state/names';

/** Nodes as they were when copied, with the links among them. Plain data: it survives the deletion of its source. */
export interface Copied {
  readonly nodes: readonly { readonly name: NodeName; readonly node: Node; readonly position: Position }[];
  readonly links: readonly Link[];
}

/** Takes the named nodes and every link whose both ends are among them. */
export function copyNodes(topology: Topology, names: readonly string[], places: Places): Copied {
  const chosen = new Set(names);
  const nodes = Object.entries(topology.nodes)
    .filter(([name]) => chosen.has(name))
    .map(([name, node]) => ({ name: asNodeName(name), node, position: places.get(name) ?? { x: 0, y: 0 } }));
  const links = topology.links.filter((link) => link.endpoints.every((end) => chosen.has(endpointParts(end)[0])));
  return { nodes, links };
}
