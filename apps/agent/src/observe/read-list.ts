import { type BeyondPart, beyondParts } from './beyond/parts.js';

/** What to read again in a namespace: everything, or some. Its settings are read in any case: that costs next to nothing. */
export type Extent = Part | 'all';

/** Interfaces by index, each with the routes through it; and the interfaces of which only the routes through them are read. */
export interface Part {
  readonly ifindexes: ReadonlySet<number>;
  readonly routes: ReadonlySet<number> | 'all';
  /** Queueing disciplines changed: the kernel lists only those of all interfaces at once. */
  readonly qdiscs: boolean;
}

interface Collected {
  readonly ifindexes: Set<number>;
  routes: Set<number> | 'all';
  qdiscs: boolean;
}

const nothing: ReadonlySet<BeyondPart> = new Set();
const noMacs: ReadonlySet<string> = new Set();

/** What to read again, in which namespaces. Small on purpose: reading a router with a thousand interfaces takes as long as it takes to apply many edits. */
export class ReadList implements Iterable<[string, Extent]> {
  readonly #extents = new Map<string, Collected | 'all'>();
  readonly #beyond = new Map<string, Set<BeyondPart>>();
  readonly #macs = new Map<string, Set<string>>();

  /** Everything in these namespaces. */
  static whole(namespaces: Iterable<string>): ReadList {
    const list = new ReadList();
    for (const name of namespaces) list.all(name);
    return list;
  }

  get size(): number {
    return this.#extents.size;
  }

  all(namespace: string): void {
    this.#extents.set(namespace, 'all');
  }

  /** An interface, with the routes through it. */
  one(namespace: string, ifindex: number): void {
    const extent = this.#part(namespace);
    if (extent !== 'all') extent.ifindexes.add(ifindex);
  }

  /** An interface, with its queueing disciplines. */
  qdisc(namespace: string, ifindex: number): void {
    this.one(namespace, ifindex);
    const extent = this.#part(namespace);
    if (extent !== 'all') extent.qdiscs = true;
  }

  /** The routes through an interface; null: all of them. */
  routes(namespace: string, ifindex: number | null): void {
    const extent = this.#part(namespace);
    if (extent === 'all') return;
    if (ifindex === null) extent.routes = 'all';
    else if (extent.routes !== 'all') extent.routes.add(ifindex);
  }

  /** What no document can say, or some of it. */
  beyond(namespace: string, parts: Iterable<BeyondPart> = beyondParts): void {
    const mine = setOf(this.#beyond, namespace);
    for (const part of parts) mine.add(part);
    this.settings(namespace);
  }

  /** What of it is to be read: not even with everything else in a namespace that is new, where nobody has made any yet. */
  beyondOf(namespace: string): ReadonlySet<BeyondPart> {
    return this.#beyond.get(namespace) ?? nothing;
  }

  /** A forwarding table has an entry for this address that lasts: by hand, when no interface has the address. */
  lastingMac(namespace: string, mac: string): void {
    setOf(this.#macs, namespace).add(mac);
    this.settings(namespace);
  }

  lastingMacsOf(namespace: string): ReadonlySet<string> {
    return this.#macs.get(namespace) ?? noMacs;
  }

  /** What belongs to no interface and is no route. */
  settings(namespace: string): void {
    this.#part(namespace);
  }

  add(other: ReadList): void {
    for (const [namespace, parts] of other.#beyond) this.beyond(namespace, parts);
    for (const [namespace, macs] of other.#macs) for (const mac of macs) this.lastingMac(namespace, mac);
    for (const [namespace, extent] of other) {
      if (extent === 'all') {
        this.all(namespace);
        continue;
      }
      const mine = this.#part(namespace);
      if (mine === 'all') continue;
      for (const ifindex of extent.ifindexes) mine.ifindexes.add(ifindex);
      mine.qdiscs ||= extent.qdiscs;
      if (extent.routes === 'all') mine.routes = 'all';
      else if (mine.routes !== 'all') for (const ifindex of extent.routes) mine.routes.add(ifindex);
    }
  }

  names(): Iterable<string> {
    return this.#extents.keys();
  }

  [Symbol.iterator](): Iterator<[string, Extent]> {
    return this.#extents[Symbol.iterator]();
  }

  #part(namespace: string): Collected | 'all' {
    const known = this.#extents.get(namespace);
    if (known !== undefined) return known;
    const made: Collected = { ifindexes: new Set(), routes: new Set(), qdiscs: false };
    this.#extents.set(namespace, made);
    return made;
  }
}

function setOf<Key, Value>(sets: Map<Key, Set<Value>>, key: Key): Set<Value> {
  const known = sets.get(key);
  if (known !== undefined) return known;
  const made = new Set<Value>();
  sets.set(key, made);
  return made;
}
