import type { Topology } from '@vethlab/topology';
import { labStore } from '../../lab';
import { viewActions, viewStore } from '../../view';
import { type Copied, copyNodes } from '../clipboard/copy';
import { pasteEdit } from '../clipboard/paste';
import { withoutWaiting } from '../clipboard/without-waiting';
import { takenPlaces } from '../placement/taken-places';
import { canvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';

import { deleteSelection } from './delete-selection';
import { performAnew } from './perform-anew';
import { settleLater } from './settle-places';

let copied: Copied | null = null;

export const canPaste = (): boolean => copied !== null;

/** Keeps the selected nodes with the links among them, for this tab. */
export function copySelection(): boolean {
  const topology = labStore.getState().topology;
  const { nodes } = viewStore.getState().selection;
  if (topology === null || nodes.length === 0) return false;
  copied = take(topology, nodes);
  return true;
}

export async function cutSelection(): Promise<void> {
  if (copySelection()) await deleteSelection();
}

export async function paste(): Promise<void> {
  if (copied !== null) await insert(copied);
}

export async function duplicateSelection(): Promise<void> {
  const topology = labStore.getState().topology;
  const { nodes } = viewStore.getState().selection;
  if (topology !== null && nodes.length > 0) await insert(take(topology, nodes));
}

function take(topology: Topology, nodes: readonly string[]): Copied {
  const taken = withoutWaiting(copyNodes(topology, nodes, placesNow()), labStore.getState().commandsWaiting);
  if (taken.leftOut > 0) {
    const text = 'Commands that wait for consent were not copied.';
    viewActions.notify({ id: 'copy.commands', level: 'info', text, detail: 'Allow them first, then copy again.' });
  }
  return taken.copied;
}

async function insert(what: Copied): Promise<void> {
  const done = await performAnew(
    (topology) => pasteEdit(what, topology, [...takenPlaces(topology).values()]),
    () => undefined,
  );
  if (done === null || !done.outcome.ok) return;
  const { names } = done.made;
  viewActions.reveal({ nodes: names });
  const first = names[0];
  if (first !== undefined && names.length === 1) canvasView()?.takeFocusAlong(first);
  settleLater(names);
}
