import type { EndpointText } from '../model/names.js';
import { findNode, wiringOf } from '../model/replaced-nodes.js';
import type { Node, Topology } from '../model/topology.js';
import { keepsVlansApart } from '../model/vlans-apart.js';
import { routingDomainsOf } from '../model/vrfs.js';
import { segmentsOf } from './segments.js';

/**
 * The parts of a lab that packets can be routed between: segments that are joined by nodes, where a node with VRFs joins only those of
 * one table. The same address in two realms is no conflict. By endpoint; null when no node has a VRF and no switch keeps VLANs apart: then the
 * lab is one realm, also where it is not joined yet.
 */
export function realmsOf(topology: Topology): ReadonlyMap<EndpointText, number> | null {
  const wiring = wiringOf(topology);
  const cached = known.get(wiring);
  if (cached !== undefined) return cached;
  const realms = findRealms(topology);
  known.set(wiring, realms);
  return realms;
}

const known = new WeakMap<object, ReadonlyMap<EndpointText, number> | null>();

/** Whether one address may be there twice on purpose, because of this node. */
export function keepsApart(node: Node | null): boolean {
  return node !== null && (node.vrfs !== undefined || keepsVlansApart(node));
}

function findRealms(topology: Topology): ReadonlyMap<EndpointText, number> | null {
  const names = Object.keys(topology.nodes);
  if (!names.some((name) => keepsApart(findNode(topology, name)))) return null;
  const { numberOf } = segmentsOf(topology);
  const parents = new Map<number, number>();
  const rootOf = (number: number): number => {
    const parent = parents.get(number) ?? number;
    if (parent === number) return number;
    const root = rootOf(parent);
    parents.set(number, root);
    return root;
  };
  for (const name of names) {
    const node = findNode(topology, name);
    if (node === null || node.kind === 'switch') continue;
    for (const domain of routingDomainsOf(node)) {
      const [first, ...others] = Object.keys(domain.node.interfaces).flatMap(
        (ifname) => numberOf.get(`${name}:${ifname}`) ?? [],
      );
      if (first === undefined) continue;
      for (const other of others) parents.set(rootOf(other), rootOf(first));
    }
  }
  return new Map([...numberOf].map(([endpoint, number]) => [endpoint as EndpointText, rootOf(number)]));
}
