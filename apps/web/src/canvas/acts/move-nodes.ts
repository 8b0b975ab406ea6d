import type { Position } from '@vethlab/topology';
import { labStore } from '../../lab';
import { canvasState, setCanvas } from '../state/canvas-store';
import { placesNow } from '../state/places-now';
import { perform } from './perform';

/** Saves new places in one undoable edit. Nodes whose place was only computed so far are saved with them: what is seen is kept. */
export async function moveNodes(moved: ReadonlyMap<string, Position>): Promise<void> {
  const topology = labStore.getState().topology;
  if (topology === null || moved.size === 0) return;
  const positions = new Map<string, Position>();
  for (const [name, place] of placesNow()) {
    if (Object.hasOwn(topology.nodes, name) && !Object.hasOwn(topology.canvas.nodes, name)) positions.set(name, place);
  }
  for (const [name, place] of moved) positions.set(name, place);
  await perform({ type: 'move-nodes', positions: Object.fromEntries(positions) }, null);
  // Only what was sent: a node that moved on in the meantime is under way to its next place.
  const { dragged } = canvasState();
  setCanvas({ dragged: new Map([...dragged].filter(([name, place]) => moved.get(name) !== place)) });
}
