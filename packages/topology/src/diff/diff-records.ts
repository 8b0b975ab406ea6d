import { sameValue } from './same-value.js';

/** One record that differs. `before` null: added; `after` null: removed. */
export interface RecordChange<Value> {
  readonly key: string;
  readonly before: Value | null;
  readonly after: Value | null;
  /** Of a removed record its place before, otherwise its place after. */
  readonly index: number;
}

type Entries<Value> = readonly (readonly [string, Value])[];

/**
 * What turns one ordered collection into another. A record that stands elsewhere among the survivors is removed
 * and added again; as few as possible are.
 */
export function diffRecords<Value>(
  before: Entries<Value>,
  after: Entries<Value>,
  isSame: (a: Value, b: Value) => boolean = sameValue,
): readonly RecordChange<Value>[] {
  if (startsWith(after, before)) {
    const added = after.slice(before.length).map(([key, value], offset) => ({
      key,
      before: null,
      after: value,
      index: before.length + offset,
    }));
    return [...valueChanges(before, after, isSame), ...added];
  }
  const placeBefore = new Map(before.map(([key], index) => [key, index]));
  const placeAfter = new Map(after.map(([key], index) => [key, index]));
  const survivors = after.filter(([key]) => placeBefore.has(key)).map(([key]) => key);
  const moved = movedKeys(survivors, (key) => placeBefore.get(key) ?? 0);
  const removed: RecordChange<Value>[] = [];
  for (const [index, [key, value]] of before.entries()) {
    if (!placeAfter.has(key) || moved.has(key)) removed.push({ key, before: value, after: null, index });
  }
  const put: RecordChange<Value>[] = [];
  for (const [index, [key, value]] of after.entries()) {
    const place = placeBefore.get(key);
    const old = place === undefined || moved.has(key) ? undefined : before[place];
    if (old === undefined) put.push({ key, before: null, after: value, index });
    else if (!isSame(old[1], value)) put.push({ key, before: old[1], after: value, index });
  }
  return [...removed, ...put];
}

/** Most edits change values or add records at the end: none goes or moves. */
function startsWith<Value>(after: Entries<Value>, before: Entries<Value>): boolean {
  return before.length <= after.length && before.every(([key], index) => key === after[index]?.[0]);
}

/** Of records with the same keys in the same places. */
function valueChanges<Value>(
  before: Entries<Value>,
  after: Entries<Value>,
  isSame: (a: Value, b: Value) => boolean,
): readonly RecordChange<Value>[] {
  const changes: RecordChange<Value>[] = [];
  for (const [index, [key, value]] of after.entries()) {
    const old = before[index];
    if (old !== undefined && old[1] !== value && !isSame(old[1], value)) {
      changes.push({ key, before: old[1], after: value, index });
    }
  }
  return changes;
}

/** Keys outside a longest run that kept its order (patience sorting). */
function movedKeys(keys: readonly string[], placeOf: (key: string) => number): ReadonlySet<string> {
  let ordered = true;
  for (let index = 1; index < keys.length && ordered; index += 1) {
    ordered = placeOf(keys[index - 1] ?? '') < placeOf(keys[index] ?? '');
  }
  if (ordered) return new Set();
  /** For each length, the index in `keys` of the run's last member that is lowest. */
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [index, key] of keys.entries()) {
    const place = placeOf(key);
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (placeOf(keys[tails[middle] ?? 0] ?? '') < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const moved = new Set(keys);
  for (let index = tails.at(-1) ?? -1; index >= 0; index = previous[index] ?? -1) moved.delete(keys[index] ?? '');
  return moved;
}
