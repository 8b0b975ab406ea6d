import { ROOT_NAMESPACE } from '@vethlab/observed';
import type { GhostEnd } from '@vethlab/planner';
import { ghostNodeId } from '../canvas/ghosts/ghost-ids';
import type { Places } from '../canvas/nodes/node-data';
import { placesNow } from '../canvas/state/places-now';
import { formatQuantity } from '../format/numbers';
import { visibleText } from '../format/visible-text';
import { labActions, labStore } from '../lab';
import { viewActions } from '../view';
import { ghostsNow } from './ghosts-now';

/** More would fill the screen; each is in the drift panel as well. */
const mostReasons = 4;

/** Makes differences part of the document; null: all of them. What cannot be is told, with its reason. */
export async function adopt(items: readonly string[] | null): Promise<void> {
  const places = placesNow();
  const reply = await labActions.adopt(items);
  if (reply === null) return;
  await keepPlaces(reply.created.nodes, places);
  const count = reply.leftOut.length;
  if (count === 0) return;
  const told = reply.leftOut.slice(0, mostReasons).map(({ where, what, why }) => `${where}, ${what}: ${why}`);
  const more = count - told.length;
  viewActions.notify({
    id: 'adopt-left-out',
    level: 'warning',
    text: `${formatQuantity(count, 'thing')} cannot be part of the lab, and ${count === 1 ? 'stays as it is' : 'stay as they are'}.`,
    detail: visibleText([...told, ...(more > 0 ? [`And ${more} more.`] : [])].join(' ')),
  });
}

/** A person who adopts what is drawn finds it where it was drawn: part of the same step of undo. */
async function keepPlaces(names: readonly string[], places: Places): Promise<void> {
  const positions = names.flatMap((name) => {
    const place = places.get(ghostNodeId(name));
    return place === undefined ? [] : [[name, place] as const];
  });
  if (positions.length > 0) await labActions.settle({ type: 'move-nodes', positions: Object.fromEntries(positions) });
}

/** Brings the kernel back to the document: what is gone is made again, what changed is set back, strangers are removed. */
export async function revert(items: readonly string[] | null): Promise<void> {
  if (items !== null) return labActions.repair(items);
  await labActions.repair();
  // The root namespace is no namespace of the plan: what is in there goes by its name.
  const { pairs, interfaces } = ghostsNow(labStore.getState());
  const isInRoot = ({ namespace }: GhostEnd): boolean => namespace === ROOT_NAMESPACE;
  const left = [
    ...pairs.flatMap(({ id, ends }) => (ends.some(isInRoot) ? id : [])),
    ...interfaces.flatMap((one) => (isInRoot(one) ? one.id : [])),
  ];
  if (left.length > 0) await labActions.repair(left);
}
