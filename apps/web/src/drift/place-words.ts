import type { GhostEnd, GhostInterface, GhostNamespace, GhostPair } from '@vethlab/planner';
import { visibleText } from '../format/visible-text';

/** The words for the root namespace of the lab, which has no name. */
export const rootWords = 'root namespace';

/** A namespace as people read it, whatever it is called. */
export function namespaceText(namespace: string): string {
  return namespace === '' ? rootWords : visibleText(namespace);
}

/** `ns1:veth0`, `root namespace: veth0`. */
export function endText({ namespace, ifname }: GhostEnd): string {
  return namespace === '' ? `${rootWords}: ${visibleText(ifname)}` : `${visibleText(namespace)}:${visibleText(ifname)}`;
}

export function pairText({ ends: [first, second] }: GhostPair): string {
  return `${endText(first)} – ${endText(second)}`;
}

const articles: Readonly<Record<GhostNamespace['kind'], string>> = {
  host: 'a host',
  router: 'a router',
  switch: 'a switch',
  internet: 'a way to the internet',
};

/** What a namespace would be: `a router`. */
export function wouldBe(ghost: GhostNamespace): string {
  return articles[ghost.kind];
}

/** `bridge br0`; what the kernel has no word for is an interface. */
export function interfaceText({ type, ifname }: GhostInterface): string {
  return `${type === 'other' ? 'interface' : visibleText(type)} ${visibleText(ifname)}`;
}
