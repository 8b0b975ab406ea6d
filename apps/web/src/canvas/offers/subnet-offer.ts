import { type LinkKey, proposeLinkAddresses, type Topology } from '@vethlab/topology';
import type { SubnetOffer } from '../state/canvas-store';

export function subnetOffer(topology: Topology, link: LinkKey): SubnetOffer | null {
  proposeLinkAddresses(topology, link);
  return null;
}
