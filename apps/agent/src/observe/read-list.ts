/** What to read again in a namespace: some interfaces by index (with the routes), or everything. */
export type Extent = ReadonlySet<number> | 'all';

/** What to read again, in which namespaces. Small on purpose: reading a router with a thousand interfaces takes as long as it takes to apply many edits. */
export class ReadList implements Iterable<[string, Extent]> {
  readonly #extents = new Map<string, Set<number> | 'all'>();

  get size(): number {
    return this.#extents.size;
  }

  all(namespace: string): void {
    this.#extents.set(namespace, 'all');
  }

  /** Without an index: what belongs to no interface (routes, forwarding). */
  one(namespace: string, ifindex: number | null): void {
    const extent = this.#extents.get(namespace);
    if (extent === 'all') return;
    const indexes = extent ?? new Set();
    if (ifindex !== null) indexes.add(ifindex);
    this.#extents.set(namespace, indexes);
  }

  add(other: ReadList): void {
    for (const [namespace, extent] of other) {
      if (extent === 'all') this.all(namespace);
      else {
        this.one(namespace, null);
        for (const ifindex of extent) this.one(namespace, ifindex);
      }
    }
  }

  names(): Iterable<string> {
    return this.#extents.keys();
  }

  [Symbol.iterator](): Iterator<[string, Extent]> {
    return this.#extents[Symbol.iterator]();
  }
}
