import type { NamespaceDelta, ObservedDelta } from './delta.js';
import { sameBeyond, sameInterface, samePorts, sameRoutes, sameWayOut } from './equal.js';
import { isEmptyNamespaceDelta } from './is-empty-delta.js';
import { type KeyedChanges, recordOf } from './record.js';
import { type ObservedTable, sameTables } from './ruleset.js';
import type { Observed, ObservedBeyond, ObservedInterface, ObservedNamespace } from './state.js';

/**
 * What changed between two looks. Namespaces and interfaces that are the same object in both are skipped without a
 * look inside, so an observer that keeps what it did not read again pays for what it did read.
 */
export function diffObserved(before: Observed, after: Observed): ObservedDelta {
  if (before === after) return { namespaces: {} };
  const root = diffInterfaces(before.root ?? {}, after.root ?? {});
  const changes: KeyedChanges<NamespaceDelta> = [];
  for (const name of Object.keys(before.namespaces)) {
    if (!Object.hasOwn(after.namespaces, name)) changes.push([name, null]);
  }
  for (const [name, now] of Object.entries(after.namespaces)) {
    const then = Object.hasOwn(before.namespaces, name) ? before.namespaces[name] : undefined;
    if (then === now) continue;
    const delta = then === undefined ? wholeNamespace(now) : diffNamespace(then, now);
    if (!isEmptyNamespaceDelta(delta)) changes.push([name, delta]);
  }
  const rootBeyond = after.rootBeyond ?? nothing;
  return {
    namespaces: recordOf(changes),
    ...(root.length === 0 ? {} : { root: recordOf(root) }),
    ...(sameBeyond(before.rootBeyond ?? nothing, rootBeyond) ? {} : { rootBeyond }),
  };
}

const none: readonly ObservedTable[] = [];
const nothing: readonly ObservedBeyond[] = [];

/** What changed in one namespace. Another inode is another namespace under the same name: it is told whole. */
export function diffNamespace(before: ObservedNamespace, after: ObservedNamespace): NamespaceDelta {
  if (before.inode !== after.inode) return wholeNamespace(after);
  const interfaces = diffInterfaces(before.interfaces, after.interfaces);
  const sameForwarding =
    before.forwarding.ipv4 === after.forwarding.ipv4 && before.forwarding.ipv6 === after.forwarding.ipv6;
  return {
    ...(sameForwarding ? {} : { forwarding: after.forwarding }),
    ...(interfaces.length === 0 ? {} : { interfaces: recordOf(interfaces) }),
    ...(sameRoutes(before.routes, after.routes) ? {} : { routes: after.routes }),
    ...(sameWayOut(before.wayOut, after.wayOut) ? {} : { wayOut: after.wayOut ?? null }),
    ...(samePorts(before.published, after.published) ? {} : { published: after.published ?? null }),
    ...(sameTables(before.tables ?? none, after.tables ?? none) ? {} : { tables: after.tables ?? none }),
    ...(sameBeyond(before.beyond ?? nothing, after.beyond ?? nothing) ? {} : { beyond: after.beyond ?? nothing }),
  };
}

function wholeNamespace(namespace: ObservedNamespace): NamespaceDelta {
  const { name: _name, ...whole } = namespace;
  return whole;
}

function diffInterfaces(
  before: ObservedNamespace['interfaces'],
  after: ObservedNamespace['interfaces'],
): KeyedChanges<ObservedInterface> {
  const changes: KeyedChanges<ObservedInterface> = [];
  if (before === after) return changes;
  for (const ifname of Object.keys(before)) {
    if (!Object.hasOwn(after, ifname)) changes.push([ifname, null]);
  }
  for (const [ifname, now] of Object.entries(after)) {
    const then = Object.hasOwn(before, ifname) ? before[ifname] : undefined;
    if (then === undefined || !sameInterface(then, now)) changes.push([ifname, now]);
  }
  return changes;
}
