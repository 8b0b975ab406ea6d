import type { Position } from '@vethlab/topology';
import { labStore } from '../../lab';
import { canvasState, setCanvas } from '../state/canvas-store';
import { asNodeName } from '../state/names';
import { placesNow } from '../state/places-now';
import { perform } from './perform';
import { settleLater } from './settle-places';

/** As many as a person drags with an eye on each. */
const fewNodes = 10;

/** Saves new places in one undoable edit. Nodes whose place was only computed so far are saved with them: what is seen is kept. */
export async function moveNodes(moved: ReadonlyMap<string, Position>): Promise<void> {
  const topology = labStore.getState().topology;
  if (topology === null || moved.size === 0) return;
  const positions = new Map<string, Position>();
  for (const [name, place] of placesNow()) {
    if (Object.hasOwn(topology.nodes, name) && !Object.hasOwn(topology.canvas.nodes, name)) positions.set(name, place);
  }
  for (const [name, place] of moved) positions.set(name, place);
  const outcome = await perform({ type: 'move-nodes', positions: Object.fromEntries(positions) }, null);
  // Somebody else may have dropped a node there in the same instant. Who lays out a whole lab has seen to that.
  if (outcome.ok && moved.size <= fewNodes) settleLater([...moved.keys()].map(asNodeName));
  // Only what was sent: a node that moved on in the meantime is under way to its next place.
  const { dragged } = canvasState();
  setCanvas({ dragged: new Map([...dragged].filter(([name, place]) => moved.get(name) !== place)) });
}
