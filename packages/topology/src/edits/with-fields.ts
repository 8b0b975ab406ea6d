/** A record with some fields set, and those cleared whose value is null. Fields that are not named stay as they are. */
export function withFields<Value extends object>(
  record: Value,
  fields: { readonly [Key in keyof Value]?: Value[Key] | null | undefined },
): Value {
  const kept = Object.entries(record).filter(([key]) => !(key in fields) || fields[key as keyof Value] === undefined);
  const set = Object.entries(fields).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries([...kept, ...set]) as Value;
}
