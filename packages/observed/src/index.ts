export { applyObservedDelta } from './apply-observed-delta.js';
export type * from './delta.js';
export { diffNamespace, diffObserved } from './diff-observed.js';
export { emptyObserved } from './empty-observed.js';
export { sameInterface, sameRoutes } from './equal.js';
export { isEmptyDelta, isEmptyNamespaceDelta } from './is-empty-delta.js';
export { mergeDeltas } from './merge-deltas.js';
export { namespaceOf } from './namespace-of.js';
export type * from './state.js';
