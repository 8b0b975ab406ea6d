import { emptyObserved } from '@vethlab/observed';
import type { LabState } from './lab-state';

/** Before the first snapshot. */
export const initialLabState: LabState = {
  labId: null,
  connection: 'connecting',
  topology: null,
  revision: 0,
  appliedRevision: 0,
  pendingEdits: 0,
  diagnostics: [],
  mode: 'live',
  follow: false,
  run: { state: 'stopped' },
  progress: null,
  observed: emptyObserved,
  drift: [],
  probes: {},
  rates: {},
  live: null,
  lastApply: null,
  terminals: [],
  commands: {},
  commandsWaiting: [],
  clients: 0,
  saveError: null,
  events: [],
  canUndo: false,
  canRedo: false,
  undoLabel: null,
  redoLabel: null,
  closed: null,
};
