import { type NodeKind, type NodeName, nextNodeName, nodeOf, type Position } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions, viewStore } from '../../view';
import { freeSpot, nodeRoom } from '../placement/free-spot';
import { snap } from '../placement/grid';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';
import { perform } from './perform';

/**
 * Adds a node at a dropped place, or in a free spot near the selected node or the middle of what is in sight; selects it as
 * soon as it is shown, so that the next key (F2, L) is already about it.
 */
export async function addNode(kind: NodeKind, dropped?: Position): Promise<NodeName | null> {
  const topology = labStore.getState().topology;
  if (topology === null) return null;
  const position = dropped === undefined ? nearbySpot() : snap(dropped);
  const name = nextNodeName(topology, kind);
  const sent = perform({ type: 'add-node', kind, name, position }, null);
  const shown = labStore.getState().topology;
  if (shown !== null && nodeOf(shown, name) !== null) choose(name);
  const outcome = await sent;
  if (outcome.ok) return name;
  // Somebody else took the name in the same moment: let the server find a free one.
  const taken = labStore.getState().topology;
  if (taken === null || nodeOf(taken, name) === null) return null;
  const again = await perform({ type: 'add-node', kind, position }, null);
  const other = again.ok ? (again.created.nodes[0] ?? null) : null;
  if (other !== null) choose(other);
  return other;
}

function choose(name: NodeName): void {
  viewActions.reveal({ nodes: [name] });
  canvasView()?.takeFocusAlong(name);
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
