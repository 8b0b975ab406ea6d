export { ConflictBanner } from './conflict-banner';
export { ConflictRow } from './conflict-row';
export { conflictsNow } from './conflicts-now';
export { MachineEntry } from './machine-entry';
export { MachineScreen } from './machine-screen';
