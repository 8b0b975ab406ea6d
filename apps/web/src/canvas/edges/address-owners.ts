import type { Topology } from '@vethlab/topology';

const known = new WeakMap<Topology['nodes'], ReadonlyMap<string, string>>();

/** Which node has an address: from the address without its prefix length to the node's name. The first one wins when two have it. Asked at every frame, so an answer is kept for as long as the nodes are the same. */
export function addressOwners(topology: Topology): ReadonlyMap<string, string> {
  const before = known.get(topology.nodes);
  if (before !== undefined) return before;
  const owners = new Map<string, string>();
  for (const [name, node] of Object.entries(topology.nodes)) {
    for (const wanted of Object.values(node.interfaces)) {
      for (const address of wanted.addresses) {
        const ip = address.slice(0, address.indexOf('/'));
        if (!owners.has(ip)) owners.set(ip, name);
      }
    }
  }
  known.set(topology.nodes, owners);
  return owners;
}
