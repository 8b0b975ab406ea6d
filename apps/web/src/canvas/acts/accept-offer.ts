import type { Edit } from '@vethlab/topology';
import { labStore } from '../../lab';
import { canvasState, setCanvas } from '../state/canvas-store';
import { asIfname } from '../state/names';
import { perform } from './perform';

/** Sets the offered addresses in one edit. Addresses that an interface has already stay. */
export async function acceptOffer(): Promise<void> {
  const { offer } = canvasState();
  const topology = labStore.getState().topology;
  if (offer === null || topology === null) return;
  setCanvas({ offer: null });
  const edits: Edit[] = offer.addresses.map(({ node, ifname, address }) => {
    const before = topology.nodes[node]?.interfaces[ifname]?.addresses ?? [];
    return { type: 'set-addresses', node, ifname: asIfname(ifname), addresses: [...before, address] };
  });
  await perform({ type: 'batch', edits }, offer.addresses[0]?.node ?? null);
}
