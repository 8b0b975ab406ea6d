import type { Ifname, Link, NodeName } from '@vethlab/topology';

/** A link and its place in the document. */
export interface PlacedLink {
  readonly link: Link;
  readonly index: number;
}

const indexes = new WeakMap<readonly Link[], ReadonlyMap<string, PlacedLink>>();

/**
 * Links by `node:interface`. Made once per list of links: documents share the list until an edit touches a link, so
 * most edits cost nothing here.
 */
export function linkIndexOf(links: readonly Link[]): ReadonlyMap<string, PlacedLink> {
  const known = indexes.get(links);
  if (known !== undefined) return known;
  const byEndpoint = new Map<string, PlacedLink>();
  links.forEach((link, index) => {
    const [a, b] = link.endpoints;
    // An interface in two links is refused by validation; the first one counts, so that a plan can always be made.
    if (byEndpoint.has(a) || byEndpoint.has(b) || a === b) return;
    const placed = { link, index };
    byEndpoint.set(a, placed);
    byEndpoint.set(b, placed);
  });
  indexes.set(links, byEndpoint);
  return byEndpoint;
}

/** `node:interface` taken apart. Names contain no colon (their parsers refuse it). */
export function partsOf(endpoint: string): { namespace: NodeName; ifname: Ifname } {
  const colon = endpoint.indexOf(':');
  return { namespace: endpoint.slice(0, colon) as NodeName, ifname: endpoint.slice(colon + 1) as Ifname };
}
