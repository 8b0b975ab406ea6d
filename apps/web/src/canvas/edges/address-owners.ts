import type { Topology } from '@vethlab/topology';

/** Which node has an address: from the address without its prefix length to the node's name. The first one wins when two have it. */
export function addressOwners(topology: Topology): ReadonlyMap<string, string> {
  const owners = new Map<string, string>();
  for (const [name, node] of Object.entries(topology.nodes)) {
    for (const wanted of Object.values(node.interfaces)) {
      for (const address of wanted.addresses) {
        const ip = address.slice(0, address.indexOf('/'));
        if (!owners.has(ip)) owners.set(ip, name);
      }
    }
  }
  return owners;
}
