import type { Edit } from '@vethlab/topology';
import { labStore } from '../../lab';
import { nodeNameOf } from '../nodes/derive-nodes';
import { canvasState, setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { asIfname } from '../state/names';
import { perform } from './perform';

/** Sets the offered addresses in one edit. Addresses that an interface has already stay. */
export async function acceptOffer(): Promise<void> {
  const { offer } = canvasState();
  const topology = labStore.getState().topology;
  if (offer === null || topology === null) return;
  leaveOffer();
  const edits: Edit[] = offer.addresses.map(({ node, ifname, address }) => {
    const before = topology.nodes[node]?.interfaces[ifname]?.addresses ?? [];
    return { type: 'set-addresses', node, ifname: asIfname(ifname), addresses: [...before, address] };
  });
  await perform({ type: 'batch', edits }, offer.addresses[0]?.node ?? null);
}

/** Puts the offer away; the focus goes back to the node that the wire was drawn from. */
export function leaveOffer(): void {
  const { offer } = canvasState();
  if (offer === null) return;
  setCanvas({ offer: null });
  canvasView()?.focusNode(nodeNameOf(offer.link));
}
