import type { Edit, Topology } from '@vethlab/topology';
import { labActions, labStore } from '../../lab';
import type { EditOutcome } from '../../lab/lab-state';
import { setCanvas } from '../state/canvas-store';

/** Each time somebody else was quicker: more than a few at one moment do not happen to one person. */
const mostTries = 5;

const takenCodes: ReadonlySet<string> = new Set(['edit.stale', 'name.taken']);

/**
 * Sends an edit that chose names and places by itself. When somebody took one of the names in the same moment, that is no
 * fault of the person: it is made anew from what is there now. Other refusals are shown in the middle of the canvas.
 *
 * @param make the edit for the document as it is shown now; `attempt` counts from 1
 * @param shown called as soon as the edit was made and is shown, before the server has spoken
 * @returns null when no lab is open
 */
export async function performAnew<Made extends { readonly edit: Edit }>(
  make: (topology: Topology, attempt: number) => Made,
  shown: (made: Made) => void,
): Promise<{ readonly made: Made; readonly outcome: EditOutcome } | null> {
  for (let attempt = 1; ; attempt += 1) {
    const topology = labStore.getState().topology;
    if (topology === null) return null;
    const made = make(topology, attempt);
    const sent = labActions.edit(made.edit);
    shown(made);
    const outcome = await sent;
    if (!outcome.ok && attempt < mostTries && outcome.diagnostics.some(({ code }) => takenCodes.has(code))) continue;
    setCanvas({ note: outcome.ok ? null : { node: null, diagnostics: outcome.diagnostics } });
    return { made, outcome };
  }
}
