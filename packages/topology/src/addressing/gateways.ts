import type { Node, Topology } from '../model/topology.js';
import { nodeOf } from '../model/topology-access.js';
import { vrfEntries } from '../model/vrfs.js';
import { ipNumberOf } from './ip-number.js';

const none: ReadonlySet<bigint> = new Set();
const known = new WeakMap<Node, ReadonlySet<bigint>>();

/** The gateways in a node's routes, as numbers of either family: those of IPv6 are too large to be taken for others. */
function gatewaysOf(node: Node | null): ReadonlySet<bigint> {
  if (node === null) return none;
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const routes = [...node.routes, ...vrfEntries(node).flatMap(([, vrf]) => vrf.routes)];
  const gateways = new Set(routes.flatMap(({ via }) => (via === undefined ? [] : [ipNumberOf(via).value])));
  known.set(node, gateways);
  return gateways;
}

/**
 * Which addresses on a segment are spoken for by routes: a gateway that somebody there names is a router's, and never that
 * of a node which names it itself. `nodes`: names of those on the segment.
 */
export function spokenFor(topology: Topology, nodes: Iterable<string>): (node: string, value: bigint) => boolean {
  const named = [...new Set(nodes)].map((name) => gatewaysOf(nodeOf(topology, name))).filter(({ size }) => size > 0);
  return (name, value) => {
    const node = nodeOf(topology, name);
    if (gatewaysOf(node).has(value)) return true;
    return node?.kind === 'host' && named.some((gateways) => gateways.has(value));
  };
}
