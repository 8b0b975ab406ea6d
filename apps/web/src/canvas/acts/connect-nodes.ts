import type { NodeName } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions } from '../../view';
import { watchForEnter } from '../offers/early-answer';
import { subnetOffer } from '../offers/subnet-offer';
import { setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { acceptOffer } from './accept-offer';
import { perform } from './perform';

/** Wires two nodes; interfaces get their names by themselves. Afterwards the next free subnet is offered at the link; Enter pressed before it is there accepts it too. */
export async function connectNodes(from: NodeName, to: NodeName): Promise<boolean> {
  setCanvas({ picking: null, candidate: null });
  const enterWasPressed = watchForEnter();
  const outcome = await perform({ type: 'connect', from: { node: from }, to: { node: to } }, from);
  const accepted = enterWasPressed();
  if (!outcome.ok) return false;
  const link = outcome.created.links[0];
  const topology = labStore.getState().topology;
  if (link === undefined || topology === null) return true;
  viewActions.select({ links: [link] });
  const offer = subnetOffer(topology, link);
  setCanvas({ offer });
  // The offer takes the focus; without one it stays where the wire began.
  if (offer === null) canvasView()?.focusNode(from);
  else if (accepted) await acceptOffer();
  return true;
}
