import type { NamespaceDelta, ObservedDelta } from './delta.js';
import {
  interfaceOf,
  type NamespaceSettings,
  namespaceOf,
  withInterfaces,
  withNamespaces,
  withRoot,
} from './namespace-of.js';
import { withChanges } from './record.js';
import type { Observed, ObservedInterface, ObservedNamespace } from './state.js';

/**
 * The state after a delta. Everything the delta does not name is the same object as before, so a view compares by
 * identity. A delta for an unknown namespace that does not carry all of it is completed with what is safe to assume:
 * inode 0, no forwarding, nothing inside.
 */
export function applyObservedDelta(observed: Observed, delta: ObservedDelta): Observed {
  const puts = new Map<string, ObservedNamespace>();
  const removes = new Set<string>();
  for (const [name, change] of Object.entries(delta.namespaces)) {
    const before = namespaceOf(observed, name);
    if (change === null) {
      if (before !== null) removes.add(name);
      continue;
    }
    const after = applyToNamespace(name, before, change);
    if (after !== before) puts.set(name, after);
  }
  const after = puts.size === 0 && removes.size === 0 ? observed : withNamespaces(observed, puts, removes);
  return applyToRoot(after, delta);
}

function applyToRoot(observed: Observed, delta: ObservedDelta): Observed {
  const before = observed.root ?? {};
  const { puts, removes } = sorted(delta.root ?? {}, (ifname) => Object.hasOwn(before, ifname));
  const root = withChanges(before, puts, removes);
  if (root === before && delta.rootBeyond === undefined) return observed;
  return withRoot(observed, root, delta.rootBeyond ?? observed.rootBeyond ?? []);
}

function applyToNamespace(name: string, before: ObservedNamespace | null, delta: NamespaceDelta): ObservedNamespace {
  const isNew = before === null || delta.inode !== undefined;
  const base: ObservedNamespace = isNew
    ? { name, inode: delta.inode ?? 0, forwarding: { ipv4: false, ipv6: false }, interfaces: {}, routes: [] }
    : before;
  const { puts, removes } = sorted(delta.interfaces ?? {}, (ifname) => interfaceOf(base, ifname) !== null);
  const rest = settingsAfter(base, delta);
  if (isNew) return { ...base, ...rest, interfaces: withChanges(base.interfaces, puts, removes) };
  if (puts.size === 0 && removes.size === 0 && rest === base) return base;
  return withInterfaces(base, puts, removes, rest);
}

/** Everything of a namespace but its interfaces; the namespace itself when the delta does not touch that. */
function settingsAfter(base: ObservedNamespace, delta: NamespaceDelta): NamespaceSettings {
  const { forwarding, routes, tables, wayOut, published, beyond } = delta;
  const isSame = [forwarding, routes, tables, wayOut, published, beyond].every((one) => one === undefined);
  if (isSame) return base;
  const nowTables = tables ?? base.tables ?? [];
  const nowBeyond = beyond ?? base.beyond ?? [];
  const nowOut = wayOut === undefined ? base.wayOut : wayOut;
  const nowPublished = published === undefined ? base.published : published;
  return {
    forwarding: forwarding ?? base.forwarding,
    routes: routes ?? base.routes,
    ...(nowTables.length === 0 ? {} : { tables: nowTables }),
    ...(nowOut == null ? {} : { wayOut: nowOut }),
    ...(nowPublished == null ? {} : { published: nowPublished }),
    ...(nowBeyond.length === 0 ? {} : { beyond: nowBeyond }),
  };
}

function sorted(
  changes: NonNullable<NamespaceDelta['interfaces']>,
  isThere: (ifname: string) => boolean,
): { readonly puts: ReadonlyMap<string, ObservedInterface>; readonly removes: ReadonlySet<string> } {
  const puts = new Map<string, ObservedInterface>();
  const removes = new Set<string>();
  for (const [ifname, change] of Object.entries(changes)) {
    if (change !== null) puts.set(ifname, change);
    else if (isThere(ifname)) removes.add(ifname);
  }
  return { puts, removes };
}
