import type { Ifname, Link, NodeName } from '@vethlab/topology';

/** A link as seen from one of its ends. */
export interface LinkEnd {
  readonly link: Link;
  readonly linkIndex: number;
  readonly peer: { readonly namespace: NodeName; readonly ifname: Ifname };
}

const indexes = new WeakMap<readonly Link[], ReadonlyMap<string, LinkEnd>>();

/**
 * Links by `node:interface`. Made once per list of links: documents share the list until an edit touches a link, so
 * most edits cost nothing here.
 */
export function linkIndexOf(links: readonly Link[]): ReadonlyMap<string, LinkEnd> {
  const known = indexes.get(links);
  if (known !== undefined) return known;
  const index = new Map<string, LinkEnd>();
  links.forEach((link, linkIndex) => {
    const [a, b] = link.endpoints;
    // An interface in two links is refused by validation; the first one counts, so that a plan can always be made.
    if (index.has(a) || index.has(b) || a === b) return;
    index.set(a, { link, linkIndex, peer: partsOf(b) });
    index.set(b, { link, linkIndex, peer: partsOf(a) });
  });
  indexes.set(links, index);
  return index;
}

/** `node:interface` taken apart. Names contain no colon (their parsers refuse it). */
export function partsOf(endpoint: string): { namespace: NodeName; ifname: Ifname } {
  const colon = endpoint.indexOf(':');
  return { namespace: endpoint.slice(0, colon) as NodeName, ifname: endpoint.slice(colon + 1) as Ifname };
}
