import { PatchedRecord } from '@vethlab/records';
import type { Link, LinkKey } from './topology.js';

/** Key of a link: its endpoints in file order. */
export function linkKey(link: Pick<Link, 'endpoints'>): LinkKey {
  return `${link.endpoints[0]}--${link.endpoints[1]}`;
}

/** Look-ups into a list of links, which is immutable. */
export interface LinkIndex {
  readonly byKey: PatchedRecord<Link>;
  readonly byEndpoint: PatchedRecord<Link>;
  readonly endpointCount: number;
}

/** Links by key that are put into a list, in their places or at its end, and keys of those that go. */
export interface LinksChange {
  readonly puts: ReadonlyMap<string, Link>;
  readonly removes: ReadonlySet<string>;
}

const indexes = new WeakMap<readonly Link[], LinkIndex>();
/** Weak: a list must not keep all its ancestors in memory. */
const origins = new WeakMap<
  readonly Link[],
  { readonly from: WeakRef<readonly Link[]>; readonly change: LinksChange }
>();

/** Made once per list, or from that of the list it was made from. */
export function linkIndexOf(links: readonly Link[]): LinkIndex {
  const known = indexes.get(links);
  if (known !== undefined) return known;
  const byKey = new Map<string, Link>();
  const byEndpoint = new Map<string, Link>();
  for (const link of links) {
    byKey.set(linkKey(link), link);
    const [a, b] = link.endpoints;
    // An interface in two links is refused by validation; the first one counts, so that a plan can always be made.
    if (byEndpoint.has(a) || byEndpoint.has(b) || a === b) continue;
    byEndpoint.set(a, link);
    byEndpoint.set(b, link);
  }
  const made = {
    byKey: PatchedRecord.of<Link>(Object.fromEntries(byKey)),
    byEndpoint: PatchedRecord.of<Link>(Object.fromEntries(byEndpoint)),
    endpointCount: byEndpoint.size,
  };
  indexes.set(links, made);
  return made;
}

/** The same list with these links put and removed; what differs is remembered. */
export function withLinks(links: readonly Link[], change: LinksChange): readonly Link[] {
  const { puts, removes } = change;
  if (puts.size === 0 && removes.size === 0) return links;
  const index = linkIndexOf(links);
  const gone = new Set([...removes].map((key) => index.byKey.get(key)));
  const replaced = new Map<Link, Link>();
  const added: Link[] = [];
  for (const [key, link] of puts) {
    const before = index.byKey.get(key);
    if (before === null) added.push(link);
    else replaced.set(before, link);
  }
  const left = gone.size === 0 ? links : links.filter((link) => !gone.has(link));
  const kept = replaced.size === 0 ? left : left.map((link) => replaced.get(link) ?? link);
  const made = [...kept, ...added];
  origins.set(made, { from: new WeakRef(links), change });
  const madeIndex = indexWith(index, links.length, change);
  if (madeIndex !== null) indexes.set(made, madeIndex);
  return made;
}

/** What turns `before` into `links`, if that is known. */
export function linksSince(links: readonly Link[], before: readonly Link[]): LinksChange | null {
  if (links === before) return { puts: new Map(), removes: new Set() };
  const origin = origins.get(links);
  return origin?.from.deref() === before ? origin.change : null;
}

/** Null when an interface is in two links: then it matters which one comes first. */
function indexWith(index: LinkIndex, count: number, { puts, removes }: LinksChange): LinkIndex | null {
  if (index.endpointCount !== 2 * count) return null;
  const gone = new Set<string>();
  for (const key of removes) for (const end of index.byKey.get(key)?.endpoints ?? []) gone.add(end);
  const ends = new Map<string, Link>();
  let added = 0;
  for (const [key, link] of puts) {
    const isNew = index.byKey.get(key) === null;
    if (isNew) added += 1;
    for (const end of link.endpoints) {
      const isTaken = ends.has(end) || (isNew && index.byEndpoint.get(end) !== null && !gone.has(end));
      if (isTaken) return null;
      ends.set(end, link);
    }
  }
  for (const end of ends.keys()) gone.delete(end);
  return {
    byKey: index.byKey.with(puts, removes),
    byEndpoint: index.byEndpoint.with(ends, gone),
    endpointCount: 2 * (count + added - removes.size),
  };
}
