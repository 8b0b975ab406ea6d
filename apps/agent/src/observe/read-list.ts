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

/** What to read again, in which namespaces. Small on purpose: reading a router with a thousand interfaces takes as long as it takes to apply many edits. */
export class ReadList implements Iterable<[string, Extent]> {
  readonly #extents = new Map<string, Collected | 'all'>();
  readonly #beyond = new Set<string>();

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

  /** Rules of policy routing, and routes that no document knows of. */
  beyond(namespace: string): void {
    this.#beyond.add(namespace);
    this.settings(namespace);
  }

  /** Whether those are to be read: not even with everything else in a namespace that is new, where nobody has made any yet. */
  isBeyond(namespace: string): boolean {
    return this.#beyond.has(namespace);
  }

  /** What belongs to no interface and is no route. */
  settings(namespace: string): void {
    this.#part(namespace);
  }

  add(other: ReadList): void {
    for (const namespace of other.#beyond) this.beyond(namespace);
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
