import type { Edit, NodeName, Position } from '@vethlab/topology';
import { labActions, labStore } from '../../lab';
import { settledPlace } from '../placement/settle';

/** Somebody else's edit of the same moment is here within this, or the connection is lost. */
const watchMs = 5_000;

/** Nodes that this person placed a moment ago, where, and until when they are looked after (monotonic milliseconds). */
const placed = new Map<NodeName, { readonly at: Position; readonly untilMs: number }>();
let stopWatching: (() => void) | null = null;

/**
 * Looks after nodes that were just placed: two people who add one in the same instant choose the same free spot, for
 * neither saw the other's. Whoever was later in the document moves over, which only the page that placed it does.
 */
export function settleLater(names: readonly NodeName[]): void {
  const places = labStore.getState().topology?.canvas.nodes ?? {};
  const untilMs = performance.now() + watchMs;
  for (const name of names) {
    const at = Object.hasOwn(places, name) ? places[name] : undefined;
    if (at !== undefined) placed.set(name, { at, untilMs });
  }
  stopWatching ??= labStore.subscribe(({ topology, pendingEdits }, before) => {
    if (topology !== before.topology || pendingEdits !== before.pendingEdits) look();
  });
  look();
}

function look(): void {
  const { topology, pendingEdits } = labStore.getState();
  // With edits on their way the order of the nodes is not the server's yet.
  if (pendingEdits > 0) return;
  const positions = new Map<string, Position>();
  for (const [name, { at, untilMs }] of placed) {
    const places = topology?.canvas.nodes ?? {};
    const now = Object.hasOwn(places, name) ? places[name] : undefined;
    // Gone, or moved on: then somebody has seen where it is.
    if (topology === null || performance.now() > untilMs || now?.x !== at.x || now.y !== at.y) {
      placed.delete(name);
      continue;
    }
    const place = settledPlace(topology, name);
    if (place !== null) positions.set(name, place);
  }
  for (const [name] of positions) placed.delete(name as NodeName);
  if (positions.size > 0) void settle(positions);
  if (placed.size > 0) return;
  stopWatching?.();
  stopWatching = null;
}

async function settle(positions: ReadonlyMap<string, Position>): Promise<void> {
  const edit: Edit = { type: 'move-nodes', positions: Object.fromEntries(positions) };
  const outcome = await labActions.settle(edit);
  // The spot it moved to may have been taken in the same instant, too.
  if (outcome.ok) settleLater([...positions.keys()] as NodeName[]);
}
