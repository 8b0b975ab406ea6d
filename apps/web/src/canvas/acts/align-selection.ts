import type { Position } from '@vethlab/topology';
import { viewStore } from '../../view';
import { type Alignment, align } from '../placement/align';
import { placesNow } from '../state/places-now';
import { moveNodes } from './move-nodes';

/** Puts the selected nodes in a row or column, or spreads them evenly. */
export async function alignSelection(how: Alignment): Promise<void> {
  const places = placesNow();
  const chosen = new Map<string, Position>();
  for (const name of viewStore.getState().selection.nodes) {
    const place = places.get(name);
    if (place !== undefined) chosen.set(name, place);
  }
  await moveNodes(align(chosen, how));
}
