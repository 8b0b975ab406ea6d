/**
 * This many values may differ before a record of its own is made: looking a value up stays as cheap as one look into a map,
 * and a copy of a thousand values (0.2 to 0.4 ms in V8, which copies large records key by key; ten times that when it has not
 * done it often) is spread over as many changes: a thousand namespaces that come to be in pieces of 80 are copied four times.
 */
const mostPatched = 256;

const none: ReadonlySet<string> = new Set();

/**
 * A record that differs from another one in some keys. A record of its own is only made when somebody looks at the whole: a change
 * of one value in a large record costs that value. Replaced values stay in their place, new ones come last. Immutable from outside.
 */
export class PatchedRecord<Value> {
  #record: Readonly<Record<string, Value>>;
  #puts: ReadonlyMap<string, Value>;
  #removes: ReadonlySet<string>;

  private constructor(
    record: Readonly<Record<string, Value>>,
    puts: ReadonlyMap<string, Value>,
    removes: ReadonlySet<string>,
  ) {
    this.#record = record;
    this.#puts = puts;
    this.#removes = removes;
  }

  static of<Value>(record: Readonly<Record<string, Value>>): PatchedRecord<Value> {
    return new PatchedRecord<Value>(record, new Map(), none);
  }

  /** Null when there is no such key. Safe with any text. */
  get(key: string): Value | null {
    const put = this.#puts.get(key);
    if (put !== undefined) return put;
    return Object.hasOwn(this.#record, key) && !this.#removes.has(key) ? (this.#record[key] ?? null) : null;
  }

  /** The same with these values, and without these keys (none of which is among the values). */
  with(puts: ReadonlyMap<string, Value>, removes: ReadonlySet<string> = none): PatchedRecord<Value> {
    if (puts.size === 0 && removes.size === 0) return this;
    // What went and comes back stands last: only a record that was made in between knows.
    for (const key of puts.keys()) if (this.#removes.has(key)) this.whole();
    const allPuts = new Map([...this.#puts, ...puts]);
    const allRemoves = removes.size === 0 ? this.#removes : new Set([...this.#removes, ...removes]);
    for (const key of removes) allPuts.delete(key);
    const made = new PatchedRecord(this.#record, allPuts, allRemoves);
    if (allPuts.size + allRemoves.size > mostPatched) made.whole();
    return made;
  }

  /** All of it as a plain record; made once. */
  whole(): Readonly<Record<string, Value>> {
    if (this.#puts.size === 0 && this.#removes.size === 0) return this.#record;
    // Spread and fromEntries define own properties (they call no setters), so `__proto__` stays an ordinary key.
    const kept =
      this.#removes.size === 0
        ? this.#record
        : Object.fromEntries(Object.entries(this.#record).filter(([key]) => !this.#removes.has(key)));
    this.#record = { ...kept, ...Object.fromEntries(this.#puts) };
    this.#puts = new Map();
    this.#removes = none;
    return this.#record;
  }
}
