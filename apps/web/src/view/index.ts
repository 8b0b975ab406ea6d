export { useMostDockHeight } from './most-dock-height';
export type * from './view-state';
export { useViewStore, viewActions, viewStore } from './view-store';
