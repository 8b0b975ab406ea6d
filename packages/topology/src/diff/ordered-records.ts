/** Records in order, by key: a mutable working copy of one collection of a document. */
export class OrderedRecords<Value> {
  #map: Map<string, Value>;

  constructor(entries: Iterable<readonly [string, Value]>) {
    this.#map = new Map(entries);
  }

  get size(): number {
    return this.#map.size;
  }

  get(key: string): Value | null {
    return this.#map.get(key) ?? null;
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  /** Replaces in place, or appends. */
  set(key: string, value: Value): void {
    this.#map.set(key, value);
  }

  delete(key: string): boolean {
    return this.#map.delete(key);
  }

  /** Gives records new keys without moving them. `keyOf` returns the same key for those that keep theirs. */
  rekey(keyOf: (key: string) => string): void {
    this.#map = new Map([...this.#map].map(([key, value]) => [keyOf(key), value]));
  }

  /**
   * Inserts records so that each has its `index` among its siblings afterwards. An index past the end appends.
   * One pass for all of them, so that undoing the removal of thousands of nodes stays fast.
   */
  insert(additions: readonly { readonly key: string; readonly value: Value; readonly index: number }[]): void {
    if (additions.length === 0) return;
    const sorted = [...additions].sort((a, b) => a.index - b.index);
    const merged = new Map<string, Value>();
    let next = 0;
    const addDue = () => {
      for (let due = sorted[next]; due !== undefined && due.index <= merged.size; due = sorted[next]) {
        merged.set(due.key, due.value);
        next += 1;
      }
    };
    for (const [key, value] of this.#map) {
      addDue();
      merged.set(key, value);
    }
    for (const addition of sorted.slice(next)) merged.set(addition.key, addition.value);
    this.#map = merged;
  }

  keys(): IterableIterator<string> {
    return this.#map.keys();
  }

  values(): IterableIterator<Value> {
    return this.#map.values();
  }

  entries(): IterableIterator<[string, Value]> {
    return this.#map.entries();
  }
}
