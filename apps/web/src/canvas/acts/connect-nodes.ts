import type { LinkKey, NodeName } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions } from '../../view';
import { watchForEnter } from '../offers/early-answer';
import { subnetOffer } from '../offers/subnet-offer';
import { type SubnetOffer, setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { acceptOffer } from './accept-offer';
import { perform } from './perform';

/** Wires two nodes; interfaces get their names by themselves. Afterwards the next free subnet is offered at the link; Enter pressed before it is there accepts it too. */
export async function connectNodes(from: NodeName, to: NodeName): Promise<boolean> {
  setCanvas({ picking: null, candidate: null });
  const enter = watchForEnter();
  try {
    const outcome = await perform({ type: 'connect', from: { node: from }, to: { node: to } }, from);
    if (!outcome.ok) return false;
    const offer = offerAt(outcome.created.links[0]);
    // The offer takes the focus; without one it stays where the wire began.
    if (offer === null) canvasView()?.focusNode(from);
    else await new Promise(requestAnimationFrame);
    // Until the offer has the focus, and could be answered itself.
    if (offer !== null && enter.pressed()) await acceptOffer();
    return true;
  } finally {
    enter.end();
  }
}

function offerAt(link: LinkKey | undefined): SubnetOffer | null {
  const topology = labStore.getState().topology;
  if (link === undefined || topology === null) return null;
  viewActions.select({ links: [link] });
  const offer = subnetOffer(topology, link);
  setCanvas({ offer });
  return offer;
}
