/** Objects up to this size are cheap, however many there are. */
const smallObjectKeys = 64;

/** Keys beyond `smallObjectKeys`, of all objects together: 5,000 nodes with positions and a switch for all of them stay under it. */
const furtherKeysMax = 20_000;

/** What a reader of JSON must not be given. `path` leads to the object with the repeated key. */
export type JsonFault =
  | { readonly type: 'too-deep' }
  | { readonly type: 'too-many-keys' }
  | { readonly type: 'repeated-key'; readonly key: string; readonly path: readonly (string | number)[] };

const quote = 0x22;
const backslash = 0x5c;
const comma = 0x2c;
const openArray = 0x5b;
const closeArray = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

/** One bracket that is open. */
interface Level {
  readonly isObject: boolean;
  /** The last key, with its opening quote; empty before the first, and of an array. */
  key: string;
  /** How many members were before this one. */
  index: number;
  /** Whether the next string is a key. */
  keyNext: boolean;
  /** Made with the second key: most objects of a bomb have one. */
  keys: Set<string> | null;
}

/**
 * Looks for what `JSON.parse` lets through: brackets nested deeper than `maxDepth`, keys that are in one object twice
 * (RFC 8259, 4: what a reader makes of those is not foreseeable), and more keys than any message has, which take long to read. Reads each character once, keeps at most one level per
 * open bracket, and does not mind whether the rest is JSON: that is told by the parser afterwards.
 */
export function findJsonFault(text: string, maxDepth: number): JsonFault | null {
  const levels: Level[] = [];
  let level: Level | undefined;
  let furtherKeys = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      const start = at;
      let escaped = false;
      for (at += 1; at < text.length; at += 1) {
        const inside = text.charCodeAt(at);
        if (inside === quote) break;
        if (inside !== backslash) continue;
        escaped = true;
        at += 1;
      }
      if (level?.keyNext !== true) continue;
      level.keyNext = false;
      if (isRepeated(level, keyOf(text, start, at, escaped))) {
        return { type: 'repeated-key', key: level.key.slice(1), path: pathOf(levels.slice(0, -1)) };
      }
      if (level.index >= smallObjectKeys) {
        furtherKeys += 1;
        if (furtherKeys > furtherKeysMax) return { type: 'too-many-keys' };
      }
    } else if (code === openObject || code === openArray) {
      if (levels.length === maxDepth) return { type: 'too-deep' };
      const isObject = code === openObject;
      level = { isObject, key: '', index: 0, keyNext: isObject, keys: null };
      levels.push(level);
    } else if (code === closeObject || code === closeArray) {
      levels.pop();
      level = levels[levels.length - 1];
    } else if (code === comma && level !== undefined) {
      level.index += 1;
      level.keyNext = level.isObject;
    }
  }
  return null;
}

/**
 * A key with a quote before it. The quote stays, so that the key is never a number to the engine: those are put into sets
 * by their value, which lets a hostile text choose where they collide.
 */
function keyOf(text: string, start: number, end: number, escaped: boolean): string {
  const raw = text.slice(start, end);
  if (!escaped) return raw;
  try {
    return `"${String(JSON.parse(`${raw}"`))}`;
  } catch {
    // No JSON: the parser says so, with the place.
    return raw;
  }
}

function isRepeated(level: Level, key: string): boolean {
  const first = level.key;
  level.key = key;
  if (level.keys === null) {
    if (first === '') return false;
    if (first === key) return true;
    level.keys = new Set([first, key]);
    return false;
  }
  // Asking the size spares a second search.
  const before = level.keys.size;
  level.keys.add(key);
  return level.keys.size === before;
}

function pathOf(levels: readonly Level[]): (string | number)[] {
  return levels.map((level) => (level.isObject ? level.key.slice(1) : level.index));
}
