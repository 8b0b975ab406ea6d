/** A value of nft's JSON. Its schema grows with every version, so it is read leniently: what is not as expected is shown as it is. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** Keys may be any text: read through `field` only. */
export interface JsonObject {
  readonly [key: string]: Json;
}

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property of an object; undefined for anything else. */
export function field(value: Json | undefined, key: string): Json | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : null;
}

export function numberOf(value: Json | undefined): number | null {
  return typeof value === 'number' ? value : null;
}

export function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : value === undefined || value === null ? [] : [value as Json];
}

/** The one key of an object such as `{ "accept": null }`, with its value; null for anything else. */
export function only(value: Json | undefined): readonly [key: string, value: Json] | null {
  if (!isObject(value)) return null;
  const entries = Object.entries(value);
  const [first] = entries;
  return entries.length === 1 && first !== undefined ? first : null;
}
