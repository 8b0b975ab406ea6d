import type { Edit } from '@vethlab/topology';
import { labActions } from '../../lab';
import type { EditOutcome } from '../../lab/lab-state';
import { setCanvas } from '../state/canvas-store';

/** Sends an edit; a refusal is shown at the node it was about (null: in the middle of the canvas) and stays until the next act. */
export async function perform(edit: Edit, node: string | null): Promise<EditOutcome> {
  const outcome = await labActions.edit(edit);
  setCanvas({ note: outcome.ok ? null : { node, diagnostics: outcome.diagnostics } });
  return outcome;
}
