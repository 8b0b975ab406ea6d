export { labActions } from './lab-actions';
export type * from './lab-state';
export { labStore, useLabStore } from './lab-store';
export { openLab } from './open-lab';
