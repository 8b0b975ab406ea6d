import { PatchedRecord } from '@vethlab/records';
import type { Observed, ObservedNamespace } from './state.js';

const patched = new WeakMap<Observed, PatchedRecord<ObservedNamespace>>();

/** The namespace of this name, or null. Safe with any text, and cheap also right after a delta. */
export function namespaceOf(observed: Observed, name: string): ObservedNamespace | null {
  const known = patched.get(observed);
  if (known !== undefined) return known.get(name);
  return Object.hasOwn(observed.namespaces, name) ? (observed.namespaces[name] ?? null) : null;
}

/** The same state with other namespaces under names that it has. All of them are only copied when somebody looks at the whole. */
export function withReplacedNamespaces(observed: Observed, replaced: ReadonlyMap<string, ObservedNamespace>): Observed {
  const namespaces = (patched.get(observed) ?? PatchedRecord.of(observed.namespaces)).with(replaced);
  const made: Observed = {
    // An own property, so that JSON, spread and structured clone see it as any other.
    get namespaces() {
      return namespaces.whole();
    },
    ...(observed.root === undefined ? {} : { root: observed.root }),
  };
  patched.set(made, namespaces);
  return made;
}
