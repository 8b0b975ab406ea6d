/** Keys come from the kernel and may be `__proto__`: records are made from entries and copied with spread, never by assignment. */
export type KeyedChanges<Value> = [string, Value | null][];

/** A record of these entries; every key becomes an own property, whatever it is called. */
export function recordOf<Value>(entries: Iterable<readonly [string, Value]>): Record<string, Value> {
  return Object.fromEntries(entries);
}

/** A copy of `record` with `puts` added or replaced (in place, so the order stays) and `removes` taken out. */
export function withChanges<Value>(
  record: Readonly<Record<string, Value>>,
  puts: ReadonlyMap<string, Value>,
  removes: ReadonlySet<string>,
): Readonly<Record<string, Value>> {
  if (puts.size === 0 && removes.size === 0) return record;
  // Spread defines own properties (it does not call setters), so `__proto__` stays an ordinary key on both sides.
  if (removes.size === 0) return { ...record, ...recordOf(puts) };
  const entries = new Map<string, Value>();
  for (const [key, value] of Object.entries(record)) {
    if (!removes.has(key)) entries.set(key, value);
  }
  for (const [key, value] of puts) entries.set(key, value);
  return recordOf(entries);
}
