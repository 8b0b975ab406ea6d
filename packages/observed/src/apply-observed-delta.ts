import type { NamespaceDelta, ObservedDelta } from './delta.js';
import { namespaceOf, withReplacedNamespaces } from './namespace-of.js';
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
  let comes = false;
  for (const [name, change] of Object.entries(delta.namespaces)) {
    const before = namespaceOf(observed, name);
    if (change === null) {
      if (before !== null) removes.add(name);
      continue;
    }
    const after = applyToNamespace(name, before, change);
    if (after === before) continue;
    puts.set(name, after);
    if (before === null) comes = true;
  }
  const after = applyToNamespaces(observed, puts, removes, comes);
  return delta.root === undefined ? after : applyToRoot(after, delta.root);
}

function applyToNamespaces(
  observed: Observed,
  puts: ReadonlyMap<string, ObservedNamespace>,
  removes: ReadonlySet<string>,
  comes: boolean,
): Observed {
  if (puts.size === 0 && removes.size === 0) return observed;
  if (!comes && removes.size === 0) return withReplacedNamespaces(observed, puts);
  const namespaces = withChanges(observed.namespaces, puts, removes);
  return observed.root === undefined ? { namespaces } : { namespaces, root: observed.root };
}

/** Without interfaces there is no `root`: two states that say the same are written the same. */
function applyToRoot(observed: Observed, changes: NonNullable<ObservedDelta['root']>): Observed {
  const before = observed.root ?? {};
  const root = applyToInterfaces(before, changes);
  if (root === before) return observed;
  const { namespaces } = observed;
  return Object.keys(root).length === 0 ? { namespaces } : { namespaces, root };
}

function applyToNamespace(name: string, before: ObservedNamespace | null, delta: NamespaceDelta): ObservedNamespace {
  const base =
    before === null || delta.inode !== undefined
      ? { name, inode: 0, forwarding: { ipv4: false, ipv6: false }, interfaces: {}, routes: [] }
      : before;
  const interfaces =
    delta.interfaces === undefined ? base.interfaces : applyToInterfaces(base.interfaces, delta.interfaces);
  const nothingNew =
    interfaces === base.interfaces &&
    delta.inode === undefined &&
    delta.forwarding === undefined &&
    delta.routes === undefined;
  if (before !== null && nothingNew) return before;
  return {
    name,
    inode: delta.inode ?? base.inode,
    forwarding: delta.forwarding ?? base.forwarding,
    interfaces,
    routes: delta.routes ?? base.routes,
  };
}

function applyToInterfaces(
  base: ObservedNamespace['interfaces'],
  changes: NonNullable<NamespaceDelta['interfaces']>,
): ObservedNamespace['interfaces'] {
  const puts = new Map<string, ObservedInterface>();
  const removes = new Set<string>();
  for (const [ifname, change] of Object.entries(changes)) {
    if (change !== null) puts.set(ifname, change);
    else if (Object.hasOwn(base, ifname)) removes.add(ifname);
  }
  return withChanges(base, puts, removes);
}
