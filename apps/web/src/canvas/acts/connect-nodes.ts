import type { NodeName } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions } from '../../view';
import { subnetOffer } from '../offers/subnet-offer';
import { setCanvas } from '../state/canvas-store';
import { perform } from './perform';

/** Wires two nodes; interfaces get their names by themselves. Afterwards the next free subnet is offered at the link. */
export async function connectNodes(from: NodeName, to: NodeName): Promise<boolean> {
  setCanvas({ picking: null, candidate: null });
  const outcome = await perform({ type: 'connect', from: { node: from }, to: { node: to } }, from);
  if (!outcome.ok) return false;
  const link = outcome.created.links[0];
  const topology = labStore.getState().topology;
  if (link === undefined || topology === null) return true;
  viewActions.select({ links: [link] });
  setCanvas({ offer: subnetOffer(topology, link) });
  return true;
}
