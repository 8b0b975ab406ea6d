import { navigate } from '../app/route';
import { readable, rest } from '../connection';
import { visibleText } from '../format/visible-text';
import { labStore } from '../lab';
import { viewActions } from '../view';
import type { HostAdoption } from './adopt-dialog';

/** Gives something of the machine to a lab, and tells what came of it. False: it was refused. */
export async function adoptOnHost({ labId, labName, namespace, ifname }: HostAdoption): Promise<boolean> {
  const name = visibleText(ifname === undefined ? namespace : `${namespace}:${ifname}`);
  try {
    const interfaces = ifname === undefined ? [] : [{ namespace, ifname }];
    await rest.adoptOnHost(labId, { namespaces: ifname === undefined ? [namespace] : [], interfaces });
  } catch (error) {
    viewActions.notify({
      id: 'host-adopt',
      level: 'error',
      text: `${name} was not ${ifname === undefined ? 'adopted' : 'replaced'}.`,
      detail: readable(error),
    });
    return false;
  }
  const isOpen = labStore.getState().labId === labId;
  viewActions.notify({
    id: 'host-adopt',
    level: 'info',
    text: ifname === undefined ? `${name} belongs to the lab “${labName}” now.` : `${name} is the lab’s own now.`,
    ...(isOpen ? {} : { action: { label: 'Open the lab', run: () => navigate({ screen: 'lab', labId }) } }),
  });
  return true;
}
