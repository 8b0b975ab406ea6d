import { diagnosticsText } from '../lab/edit-outcome';
import type { EditOutcome } from '../lab/lab-state';
import { viewActions } from '../view/view-store';

/** For edits without a place of their own, such as undo: a refusal is told in a notice. Success is seen on the canvas. */
export async function runEdit(outcome: Promise<EditOutcome>): Promise<EditOutcome> {
  const result = await outcome;
  if (!result.ok) {
    const first = result.diagnostics[0];
    viewActions.notify({
      id: 'edit-refused',
      level: 'error',
      text: first?.summary ?? 'Refused.',
      detail: diagnosticsText(result.diagnostics),
    });
  }
  return result;
}
