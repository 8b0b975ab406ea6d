import type { CreateLabBody } from '@vethlab/protocol';
import { navigate } from '../app/route';
import { readable, rest } from '../connection';
import { viewActions } from '../view';
import { downloadText } from './download';

/** Everything one can do to a lab from outside. Each tells its own failure in a notice and gives false then. */

export function createLab(body: CreateLabBody): Promise<boolean> {
  return telling('The lab was not made.', async () => {
    const lab = await rest.create(body);
    navigate({ screen: 'lab', labId: lab.id });
  });
}

export function duplicateLab(labId: string): Promise<boolean> {
  return telling('The lab was not duplicated.', async () => {
    const copy = await rest.duplicate(labId);
    viewActions.notify({
      level: 'info',
      text: `Made “${copy.topology.name}”.`,
      action: { label: 'Open it', run: () => navigate({ screen: 'lab', labId: copy.id }) },
    });
  });
}

export function renameLab(labId: string, name: string): Promise<boolean> {
  return telling('The lab was not renamed.', () => rest.rename(labId, name));
}

export function deleteLab(labId: string): Promise<boolean> {
  return telling('The lab was not deleted.', () => rest.remove(labId));
}

/** Downloads the lab file as it is on the server, comments and all. */
export function exportLab(labId: string, name: string): Promise<boolean> {
  return telling('The lab file was not exported.', async () => {
    downloadText(`${fileStem(name) || labId}.lab.yaml`, await rest.file(labId));
  });
}

/** A lab's name as the start of a file name: `Two hosts & a cable` → `two-hosts-a-cable`. */
export function fileStem(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 60);
}

async function telling(what: string, act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act();
    return true;
  } catch (error) {
    viewActions.notify({ id: 'lab-command', level: 'error', text: what, detail: readable(error) });
    return false;
  }
}
