export { labActions } from './lab-actions';
export type * from './lab-state';
export { labStore, useLabStore } from './lab-store';
export { type Liveness, livenessOf } from './liveness';
export { openLab } from './open-lab';
export { commandStatusKey } from './receive';
