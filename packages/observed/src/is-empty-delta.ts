import type { NamespaceDelta, ObservedDelta } from './delta.js';

/** True when nothing changed, so that nothing needs to be sent. */
export function isEmptyDelta(delta: ObservedDelta): boolean {
  if (delta.root !== undefined || delta.rootBeyond !== undefined) return false;
  for (const name in delta.namespaces) {
    if (Object.hasOwn(delta.namespaces, name)) return false;
  }
  return true;
}

/** True when a namespace's part of a delta says nothing. */
export function isEmptyNamespaceDelta(delta: NamespaceDelta): boolean {
  return (
    delta.inode === undefined &&
    delta.forwarding === undefined &&
    delta.interfaces === undefined &&
    delta.routes === undefined &&
    delta.wayOut === undefined &&
    delta.published === undefined &&
    delta.tables === undefined &&
    delta.beyond === undefined
  );
}
