import { navigate } from '../app/route';
import { readable, rest } from '../connection';
import { visibleText } from '../format/visible-text';
import { labStore } from '../lab';
import { viewActions } from '../view';
import type { HostAdoption } from './adopt-dialog';

/** Gives a namespace of the machine to a lab, and tells what came of it. False: it was refused. */
export async function adoptOnHost({ labId, labName, namespace }: HostAdoption): Promise<boolean> {
  try {
    await rest.adoptOnHost(labId, [namespace]);
  } catch (error) {
    viewActions.notify({
      id: 'host-adopt',
      level: 'error',
      text: `${visibleText(namespace)} was not adopted.`,
      detail: readable(error),
    });
    return false;
  }
  const isOpen = labStore.getState().labId === labId;
  viewActions.notify({
    id: 'host-adopt',
    level: 'info',
    text: `${visibleText(namespace)} belongs to the lab “${labName}” now.`,
    ...(isOpen ? {} : { action: { label: 'Open the lab', run: () => navigate({ screen: 'lab', labId }) } }),
  });
  return true;
}
