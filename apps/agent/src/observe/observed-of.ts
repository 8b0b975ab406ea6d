import { type Observed, type ObservedNamespace, ROOT_NAMESPACE } from '@vethlab/observed';

/** A part of what is observed, from whole namespaces; of the root namespace its interfaces. */
export function observedOf(namespaces: readonly [string, ObservedNamespace][]): Observed {
  const root = namespaces.find(([name]) => name === ROOT_NAMESPACE)?.[1].interfaces;
  const named = Object.fromEntries(namespaces.filter(([name]) => name !== ROOT_NAMESPACE));
  return { namespaces: named, ...(root === undefined ? {} : { root }) };
}
