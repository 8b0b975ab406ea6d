import {
  type Cidr,
  interfaceOf,
  linkAt,
  type NodeName,
  nextFreeAddress,
  proposeLinkAddresses,
  type Topology,
} from '@vethlab/topology';

/**
 * Addresses to fill in with one click: of each family that the interface has none of, the next free one of its segment;
 * of IPv4 also the first of a fresh subnet when the segment has none yet.
 */
export function freeAddressesFor(topology: Topology, node: NodeName, ifname: string): readonly Cidr[] {
  const present = interfaceOf(topology, node, ifname)?.addresses ?? [];
  const has6 = present.some((address) => address.includes(':'));
  const has4 = present.some((address) => !address.includes(':'));
  const next4 = has4 ? null : (nextFreeAddress(topology, node, ifname, 4) ?? freshAddress(topology, node, ifname));
  const next6 = has6 ? null : nextFreeAddress(topology, node, ifname, 6);
  return [next4, next6].filter((address) => address !== null);
}

function freshAddress(topology: Topology, node: NodeName, ifname: string): Cidr | null {
  const link = linkAt(topology, node, ifname);
  if (link === null) return null;
  const proposed = proposeLinkAddresses(topology, link);
  return link.endpoints[0] === `${node}:${ifname}` ? proposed.from : proposed.to;
}
