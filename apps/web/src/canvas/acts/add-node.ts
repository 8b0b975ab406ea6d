import type { NodeKind, NodeName, Position } from '@vethlab/topology';
import { viewActions, viewStore } from '../../view';
import { freeSpot, nodeRoom } from '../placement/free-spot';
import { snap } from '../placement/grid';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';
import { perform } from './perform';

/** Adds a node at a dropped place, or in a free spot near the selected node or the middle of what is in sight; selects it. */
export async function addNode(kind: NodeKind, dropped?: Position): Promise<NodeName | null> {
  const position = dropped === undefined ? nearbySpot() : snap(dropped);
  const outcome = await perform({ type: 'add-node', kind, position }, null);
  if (!outcome.ok) return null;
  const name = outcome.created.nodes[0] ?? null;
  if (name !== null) {
    viewActions.reveal({ nodes: [name] });
    canvasView()?.takeFocusAlong(name);
  }
  return name;
}

/**
 * To the right of the node that was made or chosen last, so that clicks make a row that reads from left to right; where
 * that would be out of sight, near the middle of what is in sight.
 */
function nearbySpot(): Position {
  const view = canvasView();
  const places = placesNow();
  const chosen = viewStore.getState().selection.nodes.at(-1);
  const last = chosen === undefined ? undefined : places.get(chosen);
  if (last !== undefined) {
    const beside = freeSpot({ x: last.x + nodeRoom.width, y: last.y }, places.values());
    if (view === null || view.holds(beside)) return beside;
  }
  return freeSpot(view?.center() ?? { x: 0, y: 0 }, places.values());
}
