import { ghostNodeId } from '../canvas/ghosts/ghost-ids';
import { asNodeName } from '../canvas/state/names';
import { labStore } from '../lab';
import type { Selection } from '../view/view-state';
import type { Difference } from './differences';

/** What to select so that a difference is in sight: the ghost it is, or the node it is on. */
export function selectionOf({ ghost, namespace }: Difference): Partial<Selection> {
  if (ghost !== null) return { ghosts: [ghost] };
  const nodes = labStore.getState().topology?.nodes ?? {};
  return Object.hasOwn(nodes, namespace) ? { nodes: [asNodeName(namespace)] } : { ghosts: [ghostNodeId(namespace)] };
}
