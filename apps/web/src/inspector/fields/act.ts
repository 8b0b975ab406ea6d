import type { Edit } from '@vethlab/topology';
import { type EditOutcome, labActions } from '../../lab';
import { viewActions } from '../../view';

/** For buttons and switches, which have no field to show a refusal in: a notice tells it, and stays until it is read. */
export async function act(edit: Edit): Promise<EditOutcome> {
  const outcome = await labActions.edit(edit);
  const first = outcome.ok ? undefined : outcome.diagnostics[0];
  if (first !== undefined) {
    viewActions.notify({ id: 'inspector.refused', level: 'error', text: first.summary, detail: first.detail });
  }
  return outcome;
}
