import { PatchedRecord } from '@vethlab/records';
import {
  type Observed,
  type ObservedBeyond,
  type ObservedInterface,
  type ObservedNamespace,
  ROOT_NAMESPACE,
} from './state.js';

const patchedNamespaces = new WeakMap<Observed, PatchedRecord<ObservedNamespace>>();
const patchedInterfaces = new WeakMap<ObservedNamespace, PatchedRecord<ObservedInterface>>();

/** The namespace of this name, or null. Safe with any text, and cheap also right after a delta. */
export function namespaceOf(observed: Observed, name: string): ObservedNamespace | null {
  const known = patchedNamespaces.get(observed);
  if (known !== undefined) return known.get(name);
  return Object.hasOwn(observed.namespaces, name) ? (observed.namespaces[name] ?? null) : null;
}

/** What somebody made in a namespace, or in the root namespace, that no document can say. Safe with any text. */
export function beyondOf(observed: Observed, name: string): readonly ObservedBeyond[] {
  return (name === ROOT_NAMESPACE ? observed.rootBeyond : namespaceOf(observed, name)?.beyond) ?? nothing;
}

/** One object, so that a view compares by identity. */
const nothing: readonly ObservedBeyond[] = [];

/** The interface of this name in a namespace, or null. Safe with any text, and cheap also right after a delta. */
export function interfaceOf(namespace: ObservedNamespace, ifname: string): ObservedInterface | null {
  const known = patchedInterfaces.get(namespace);
  if (known !== undefined) return known.get(ifname);
  return Object.hasOwn(namespace.interfaces, ifname) ? (namespace.interfaces[ifname] ?? null) : null;
}

/** The same state with other namespaces, and without some. All of them are only copied when somebody looks at the whole. */
export function withNamespaces(
  observed: Observed,
  puts: ReadonlyMap<string, ObservedNamespace>,
  removes: ReadonlySet<string>,
): Observed {
  const namespaces = (patchedNamespaces.get(observed) ?? PatchedRecord.of(observed.namespaces)).with(puts, removes);
  return stateOf(namespaces, observed);
}

/** The same namespaces beside another root namespace. What is empty is left out: two states that say the same are written the same. */
export function withRoot(
  observed: Observed,
  root: NonNullable<Observed['root']>,
  rootBeyond: NonNullable<Observed['rootBeyond']>,
): Observed {
  const known = patchedNamespaces.get(observed);
  const rest = {
    ...(Object.keys(root).length === 0 ? {} : { root }),
    ...(rootBeyond.length === 0 ? {} : { rootBeyond }),
  };
  return known === undefined ? { namespaces: observed.namespaces, ...rest } : stateOf(known, rest);
}

function stateOf(
  namespaces: PatchedRecord<ObservedNamespace>,
  { root, rootBeyond }: Pick<Observed, 'root' | 'rootBeyond'>,
): Observed {
  const made: Observed = {
    // An own property, so that JSON, spread and structured clone see it as any other.
    get namespaces() {
      return namespaces.whole();
    },
    ...(root === undefined ? {} : { root }),
    ...(rootBeyond === undefined ? {} : { rootBeyond }),
  };
  patchedNamespaces.set(made, namespaces);
  return made;
}

/** What a namespace has besides its name, its identity and its interfaces. */
export type NamespaceSettings = Omit<ObservedNamespace, 'name' | 'inode' | 'interfaces'>;

/** The same namespace with other interfaces, and without some; and with other settings and routes. Copied as late as namespaces are. */
export function withInterfaces(
  namespace: ObservedNamespace,
  puts: ReadonlyMap<string, ObservedInterface>,
  removes: ReadonlySet<string>,
  settings: NamespaceSettings,
): ObservedNamespace {
  const before = patchedInterfaces.get(namespace) ?? PatchedRecord.of(namespace.interfaces);
  const interfaces = before.with(puts, removes);
  const made: ObservedNamespace = {
    name: namespace.name,
    inode: namespace.inode,
    forwarding: settings.forwarding,
    get interfaces() {
      return interfaces.whole();
    },
    routes: settings.routes,
    ...(settings.wayOut === undefined ? {} : { wayOut: settings.wayOut }),
    ...(settings.published === undefined ? {} : { published: settings.published }),
    ...(settings.tables === undefined ? {} : { tables: settings.tables }),
    ...(settings.beyond === undefined ? {} : { beyond: settings.beyond }),
  };
  patchedInterfaces.set(made, interfaces);
  return made;
}
