import type { Extent } from '../scope.js';
import type { DesiredInterface, DesiredNamespace } from './desired.js';

/** The wanted interfaces of a node that are in view, in file order. */
export function wantedIn({ interfaces }: DesiredNamespace, extent: Extent): Iterable<DesiredInterface> {
  if (extent === 'all') return interfaces.values();
  const found = [...extent].map((ifname) => interfaces.get(ifname)).filter((one) => one !== undefined);
  if (found.length < 2) return found;
  const inView = new Set(found);
  return [...interfaces.values()].filter((one) => inView.has(one));
}
