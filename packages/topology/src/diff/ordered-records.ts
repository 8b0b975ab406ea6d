/** What a working copy begins with: it never changes, and is only walked when a copy cannot be avoided. */
export interface RecordsBase<Value> {
  get(key: string): Value | null;
  readonly size: number;
  entries(): Iterable<readonly [string, Value]>;
}

/** In what a working copy differs from its base: these values are put, in their places or at the end; these keys are gone. */
export interface RecordsChange<Value> {
  readonly puts: ReadonlyMap<string, Value>;
  readonly removes: ReadonlySet<string>;
}

/**
 * Records in order, by key: a mutable working copy of one collection of a document. As long as records are only replaced, removed
 * and added at the end, what differs is kept beside the base; anything else copies it.
 */
export class OrderedRecords<Value> {
  readonly #base: RecordsBase<Value>;
  readonly #puts = new Map<string, Value>();
  readonly #removes = new Set<string>();
  /** Of the puts, those that the base does not have. */
  #added = 0;
  #copy: Map<string, Value> | null = null;

  constructor(base: RecordsBase<Value>) {
    this.#base = base;
  }

  /** A working copy that is no other one's. */
  static of<Value>(entries: Iterable<readonly [string, Value]>): OrderedRecords<Value> {
    const map = new Map(entries);
    const base = { get: (key: string) => map.get(key) ?? null, size: map.size, entries: () => map };
    const records = new OrderedRecords<Value>(base);
    records.#copy = map;
    return records;
  }

  /** Null when it is a copy, of which that is not known. */
  get change(): RecordsChange<Value> | null {
    return this.#copy === null ? { puts: this.#puts, removes: this.#removes } : null;
  }

  get size(): number {
    return this.#copy?.size ?? this.#base.size + this.#added - this.#removes.size;
  }

  get(key: string): Value | null {
    if (this.#copy !== null) return this.#copy.get(key) ?? null;
    const put = this.#puts.get(key);
    if (put !== undefined) return put;
    return this.#removes.has(key) ? null : this.#base.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== null;
  }

  /** Replaces in place, or appends. */
  set(key: string, value: Value): void {
    // What went and comes back stands last.
    if (this.#copy !== null || this.#removes.has(key)) {
      this.#copied().set(key, value);
      return;
    }
    if (!this.#puts.has(key) && this.#base.get(key) === null) this.#added += 1;
    this.#puts.set(key, value);
  }

  delete(key: string): boolean {
    if (this.#copy !== null) return this.#copy.delete(key);
    if (!this.has(key)) return false;
    this.#puts.delete(key);
    if (this.#base.get(key) === null) this.#added -= 1;
    else this.#removes.add(key);
    return true;
  }

  /** Gives records new keys without moving them. `keyOf` returns the same key for those that keep theirs. */
  rekey(keyOf: (key: string) => string): void {
    this.#copy = new Map([...this.#copied()].map(([key, value]) => [keyOf(key), value]));
  }

  /**
   * Inserts records so that each has its `index` among its siblings afterwards. An index past the end appends.
   * One pass for all of them, so that undoing the removal of thousands of nodes stays fast.
   */
  insert(additions: readonly { readonly key: string; readonly value: Value; readonly index: number }[]): void {
    if (additions.length === 0) return;
    const sorted = [...additions].sort((a, b) => a.index - b.index);
    if ((sorted[0]?.index ?? 0) >= this.size) {
      for (const { key, value } of sorted) this.set(key, value);
      return;
    }
    const merged = new Map<string, Value>();
    let next = 0;
    const addDue = () => {
      for (let due = sorted[next]; due !== undefined && due.index <= merged.size; due = sorted[next]) {
        merged.set(due.key, due.value);
        next += 1;
      }
    };
    for (const [key, value] of this.#copied()) {
      addDue();
      merged.set(key, value);
    }
    for (const addition of sorted.slice(next)) merged.set(addition.key, addition.value);
    this.#copy = merged;
  }

  *keys(): Generator<string> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): Generator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  *entries(): Generator<readonly [string, Value]> {
    if (this.#copy !== null) {
      yield* this.#copy;
      return;
    }
    for (const [key, value] of this.#base.entries()) {
      if (!this.#removes.has(key)) yield [key, this.#puts.get(key) ?? value];
    }
    for (const [key, value] of this.#puts) if (this.#base.get(key) === null) yield [key, value];
  }

  #copied(): Map<string, Value> {
    this.#copy ??= new Map(this.entries());
    return this.#copy;
  }
}
