export { DifferencesSection } from './differences-section';
export { driftActions } from './drift-actions';
export { DriftBadge } from './drift-badge';
export { DriftPanel } from './drift-panel';
export { FollowSwitch } from './follow-switch';
export { GhostInspector } from './ghost-inspector';
export { RevertAll } from './revert-all';
export { useDifferences } from './use-differences';
