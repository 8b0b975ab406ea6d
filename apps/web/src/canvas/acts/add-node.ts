import { type NodeKind, type NodeName, nextNodeName, nodeOf, type Position, type Topology } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions, viewStore } from '../../view';
import { freeSpot, nodeRoom } from '../placement/free-spot';
import { snap } from '../placement/grid';
import { liesOn } from '../placement/settle';
import { takenPlaces } from '../placement/taken-places';
import { canvasView } from '../state/canvas-view';
import { performAnew } from './perform-anew';
import { settleLater } from './settle-places';

/**
 * Adds a node at a dropped place, or in a free spot near the selected node or the middle of what is in sight; selects it as
 * soon as it is shown, so that the next key (F2, L) is already about it.
 */
export async function addNode(kind: NodeKind, dropped?: Position): Promise<NodeName | null> {
  // What is chosen when the person acts decides the place, also when a second try is needed.
  const last = viewStore.getState().selection.nodes.at(-1);
  const done = await performAnew(
    (topology, attempt) => {
      const position = dropped === undefined ? nearbySpot(topology, last) : droppedSpot(topology, dropped);
      // Somebody took the name in the same moment: now the server names it, which cannot clash.
      if (attempt > 1) return { name: null, edit: { type: 'add-node', kind, position } };
      const name = nextNodeName(topology, kind);
      return { name, edit: { type: 'add-node', kind, name, position } };
    },
    ({ name }) => {
      const shown = labStore.getState().topology;
      if (name !== null && shown !== null && nodeOf(shown, name) !== null) choose(name);
    },
  );
  if (done === null || !done.outcome.ok) return null;
  const name = done.made.name ?? done.outcome.created.nodes[0] ?? null;
  if (name === null) return null;
  if (done.made.name === null) choose(name);
  settleLater([name]);
  return name;
}

function choose(name: NodeName): void {
  viewActions.reveal({ nodes: [name] });
  canvasView()?.takeFocusAlong(name);
}

/** Where it was dropped; beside a node that it would hide. */
function droppedSpot(topology: Topology, dropped: Position): Position {
  const spot = snap(dropped);
  const taken = [...takenPlaces(topology).values()];
  return taken.some((other) => liesOn(spot, other)) ? freeSpot(spot, taken) : spot;
}

/**
 * To the right of the node that was made or chosen last, so that clicks make a row that reads from left to right; where
 * that would be out of sight, near the middle of what is in sight.
 */
function nearbySpot(topology: Topology, last: NodeName | undefined): Position {
  const view = canvasView();
  const places = takenPlaces(topology);
  const beside = last === undefined ? undefined : places.get(last);
  if (beside !== undefined) {
    const spot = freeSpot({ x: beside.x + nodeRoom.width, y: beside.y }, places.values());
    if (view === null || view.holds(spot)) return spot;
  }
  return freeSpot(view?.center() ?? { x: 0, y: 0 }, places.values());
}
