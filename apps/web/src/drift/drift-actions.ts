import type { Action } from '../app/actions';
import { labActions, labStore, livenessOf } from '../lab';
import { viewActions } from '../view';
import { adopt, revert } from './adopt';
import { chosenPlaces } from './chosen-places';
import { type Difference, differencesOf } from './differences';
import { ghostsNow } from './ghosts-now';

const inLab = (): boolean => labStore.getState().topology !== null;

function differences(): readonly Difference[] {
  const lab = labStore.getState();
  const { topology, observed, drift } = lab;
  return topology !== null && livenessOf(lab) === 'live'
    ? differencesOf(topology, observed, drift, ghostsNow(lab))
    : [];
}

const adoptable = (list: readonly Difference[]): readonly Difference[] => list.filter(({ whyNot }) => whyNot === null);
const ids = (list: readonly Difference[]): readonly string[] => list.map(({ id }) => id);

/** What is selected and differs. */
const chosen = (): readonly Difference[] => chosenPlaces(differences());

/** What one can do about differences between document and kernel, for palette, menus and keys. */
export const driftActions: readonly Action[] = [
  {
    id: 'drift.adopt',
    label: 'Adopt into the lab',
    group: 'Edit',
    keywords: ['drift', 'ghost', 'unmanaged', 'typed', 'keep'],
    enabled: () => adoptable(chosen()).length > 0,
    run: () => void adopt(ids(adoptable(chosen()))),
  },
  {
    id: 'drift.revert',
    label: () =>
      chosen().every(({ kind }) => kind === 'unexpected') ? 'Remove from the kernel' : 'Revert to what the lab says',
    group: 'Edit',
    keywords: ['drift', 'ghost', 'unmanaged', 'repair', 'remove'],
    enabled: () => chosen().length > 0,
    run: () => void revert(ids(chosen())),
  },
  {
    id: 'drift.adopt-all',
    label: 'Adopt all differences',
    group: 'Lab',
    keywords: ['drift', 'ghost', 'typed', 'keep'],
    enabled: () => adoptable(differences()).length > 0,
    run: () => void adopt(null),
  },
  {
    id: 'lab.repair',
    label: 'Revert all differences',
    group: 'Lab',
    keywords: ['drift', 'repair', 'undo', 'typed'],
    enabled: () => differences().length > 0,
    // What would be lost is asked about there.
    run: () =>
      differences().some(({ kind }) => kind === 'unexpected') ? viewActions.openDock('drift') : void revert(null),
  },
  {
    id: 'lab.follow',
    label: () =>
      labStore.getState().follow ? 'Stop following what is typed' : 'Follow: what is typed becomes part of the lab',
    group: 'Lab',
    keywords: ['adopt', 'terminal', 'draw', 'typed'],
    enabled: inLab,
    run: () => void labActions.setFollow(!labStore.getState().follow),
  },
  {
    id: 'panel.drift',
    label: 'Show the drift',
    group: 'Panels',
    keywords: ['differences', 'adopt', 'revert', 'unmanaged'],
    enabled: inLab,
    run: () => viewActions.openDock('drift'),
  },
];
