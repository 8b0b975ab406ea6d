import type { Node } from './topology.js';

const known = new WeakMap<Node['interfaces'], boolean>();

/** Whether a node has interfaces that are not the ends of links. Looked for once: a router has a thousand, and an edit asks several times, before and after. */
export function hasDevices({ interfaces }: Node): boolean {
  let has = known.get(interfaces);
  if (has === undefined) {
    has = Object.values(interfaces).some(({ device }) => device !== undefined);
    known.set(interfaces, has);
  }
  return has;
}
