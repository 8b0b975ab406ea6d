import { type LinkKey, linkOf, proposeLinkAddresses, subnetOf, type Topology } from '@vethlab/topology';
import type { SubnetOffer } from '../state/canvas-store';
import { endpointParts } from '../state/names';

/**
 * What to offer for a new link: a fresh subnet for two ends without one, or the next free address of the segment that an end has
 * joined. Null when there is nothing to set: between switches, or where both ends have addresses.
 */
export function subnetOffer(topology: Topology, key: LinkKey): SubnetOffer | null {
  const link = linkOf(topology, key);
  if (link === null) return null;
  const proposed = proposeLinkAddresses(topology, link);
  const addresses = [proposed.from, proposed.to].flatMap((address, index) => {
    const [node, ifname] = endpointParts(link.endpoints[index === 0 ? 0 : 1]);
    return address === null ? [] : [{ node, ifname, address }];
  });
  const [first, second] = addresses;
  if (first === undefined) return null;
  const title = second === undefined ? `${first.node} ${first.address}` : subnetOf(first.address);
  return { link: key, title, addresses };
}
