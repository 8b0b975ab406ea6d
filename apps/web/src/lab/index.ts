export { labActions } from './lab-actions';
export type * from './lab-state';
export { labStore, useLabStore } from './lab-store';
export { lackOfWayOut } from './lack-of-way-out';
export { type Liveness, livenessOf } from './liveness';
export { openLab } from './open-lab';
export { commandStatusKey } from './receive';
