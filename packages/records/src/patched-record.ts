/**
 * This many values may differ before a record of its own is made: looking a value up stays as cheap as one look into a small map,
 * and a copy of a thousand values (0.2 to 0.4 ms in V8, which copies large records key by key) is spread over as many changes.
 */
const mostPatched = 64;

/**
 * A record that differs from another one in some values, under the same keys in the same order. A record of its own is only made
 * when somebody looks at the whole: a change of one value in a large record costs that value. Immutable from outside.
 */
export class PatchedRecord<Value> {
  #record: Readonly<Record<string, Value>>;
  #patch: ReadonlyMap<string, Value>;

  private constructor(record: Readonly<Record<string, Value>>, patch: ReadonlyMap<string, Value>) {
    this.#record = record;
    this.#patch = patch;
  }

  static of<Value>(record: Readonly<Record<string, Value>>): PatchedRecord<Value> {
    return new PatchedRecord(record, new Map());
  }

  /** Null when there is no such key. Safe with any text. */
  get(key: string): Value | null {
    const patched = this.#patch.get(key);
    if (patched !== undefined) return patched;
    return Object.hasOwn(this.#record, key) ? (this.#record[key] ?? null) : null;
  }

  /** The same with other values under keys that it has. */
  with(replaced: ReadonlyMap<string, Value>): PatchedRecord<Value> {
    if (replaced.size === 0) return this;
    const patch = new Map([...this.#patch, ...replaced]);
    const made = new PatchedRecord(this.#record, patch);
    if (patch.size > mostPatched) made.whole();
    return made;
  }

  /** All of it as a plain record; made once. */
  whole(): Readonly<Record<string, Value>> {
    if (this.#patch.size > 0) {
      // Spread defines own properties (it calls no setters), so `__proto__` stays an ordinary key.
      this.#record = { ...this.#record, ...Object.fromEntries(this.#patch) };
      this.#patch = new Map();
    }
    return this.#record;
  }
}
