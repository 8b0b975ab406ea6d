import { isCollection, isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import { sameValue } from '../diff/same-value.js';
import { alignItems } from './align-items.js';
import { type Addition, changeCollection } from './change-collection.js';
import type { YamlSource } from './read-yaml.js';
import { columnOf, isFlow, type Place, placesOf } from './source-places.js';
import { Splices } from './splices.js';
import {
  blockLines,
  entryLines,
  type FileMap,
  type FileValue,
  flowText,
  isBlock,
  isFileList,
  isFileMap,
  itemLines,
  quotedText,
  scalarText,
} from './yaml-text.js';

const nothing: FileMap = { entries: [] };

/**
 * The source with the least changes that make it say `next` instead of `base`. `renamed` is `base` with its records
 * under their new names: their text is changed in place, so that comments stay with them.
 *
 * @param newKey new name of a key at a path of new names
 */
export function patchSource(
  source: YamlSource,
  base: FileMap,
  renamed: FileMap,
  next: FileMap,
  newKey: (path: readonly string[], key: string) => string,
): string {
  const { contents } = source;
  if (contents === null) return source.text;
  const patch = new Patch(source, newKey);
  patch.rename(contents, base, renamed, []);
  patch.map(contents, renamed, next, []);
  return patch.splices.result();
}

class Patch {
  readonly splices: Splices;
  readonly #newKey: (path: readonly string[], key: string) => string;
  readonly #text: string;

  constructor(source: YamlSource, newKey: (path: readonly string[], key: string) => string) {
    this.splices = new Splices(source);
    this.#newKey = newKey;
    this.#text = source.text;
  }

  /** Changes names in place, in keys and in values. */
  rename(node: ParsedNode | null, base: FileValue, renamed: FileValue, path: readonly string[]): void {
    if (node === null || sameValue(base, renamed)) return;
    if (isFileMap(base) && isFileMap(renamed) && isMap(node)) {
      const before = new Map(base.entries);
      const after = new Map(renamed.entries);
      for (const place of placesOf(node, this.#text)) {
        const old = before.get(place.key);
        if (old === undefined) continue;
        const key = this.#newKey(path, place.key);
        if (key !== place.key && place.keyNode !== null) this.#replaceScalar(place.keyNode, key);
        this.rename(place.value, old, after.get(key) ?? old, [...path, key]);
      }
    } else if (isFileList(base) && isFileList(renamed) && isSeq(node)) {
      for (const [index, place] of placesOf(node, this.#text).entries()) {
        const old = base.items[index];
        const now = renamed.items[index];
        if (old !== undefined && now !== undefined) this.rename(place.value, old, now, [...path, '-']);
      }
    } else if (typeof renamed !== 'object' && isScalar(node)) {
      this.#replaceScalar(node, renamed);
    }
  }

  /** Makes a map say `next`; `base` says what it says now. Entries that `base` does not know are left alone. */
  map(node: ParsedNode, base: FileMap, next: FileMap, path: readonly string[]): void {
    const before = new Map(base.entries);
    const after = new Map(next.entries);
    const places = placesOf(node, this.#text).map((place) => ({ place, key: this.#newKey(path, place.key) }));
    const leaving = new Set(places.filter(({ key }) => before.has(key) && !after.has(key)).map(({ place }) => place));
    for (const { place, key } of places) {
      const value = after.get(key);
      if (value !== undefined) this.#value(place, before.get(key), value, [...path, key], isFlow(node));
    }
    const present = new Map(places.map(({ place, key }) => [key, place]));
    const additions: Addition[] = [];
    let previous: Place | null = null;
    for (const [key, value] of next.entries) {
      const place = present.get(key);
      const said = before.get(key);
      if (place !== undefined) previous = place;
      // An empty section that the file leaves out stays left out.
      else if (said !== undefined && sameValue(said, value)) continue;
      else additions.push({ after: previous, flow: `${scalarText(key)}: ${flowText(value)}`, key, value });
    }
    const lines = ({ key, value }: Addition, indent: number) => entryLines(key, value, path, indent);
    changeCollection(
      this.splices,
      node,
      places.map(({ place }) => place),
      leaving,
      additions,
      lines,
    );
  }

  #list(node: ParsedNode, base: readonly FileValue[], next: readonly FileValue[], path: readonly string[]): void {
    const places = placesOf(node, this.#text);
    const { pairs, removed, added } = alignItems(base, next);
    for (const { before, after } of pairs) {
      const place = places[before];
      const value = next[after];
      if (place !== undefined && value !== undefined) {
        this.#value(place, base[before], value, [...path, '-'], isFlow(node));
      }
    }
    const leaving = new Set(removed.flatMap((index) => places[index] ?? []));
    const additions = added.flatMap(({ index, after }): Addition[] => {
      const value = next[index];
      if (value === undefined) return [];
      return [{ after: after === null ? null : (places[after] ?? null), flow: flowText(value), key: '', value }];
    });
    changeCollection(this.splices, node, places, leaving, additions, ({ value }, indent) =>
      itemLines(value, path, indent),
    );
  }

  #value(place: Place, base: FileValue | undefined, next: FileValue, path: readonly string[], inFlow: boolean): void {
    if (base !== undefined && sameValue(base, next)) return;
    const { value } = place;
    if (value !== null && isCollection(value) && value.items.length > 0) {
      if (isFileMap(next) && isMap(value)) {
        this.map(value, base !== undefined && isFileMap(base) ? base : nothing, next, path);
        return;
      }
      // `[]` may not stand where the dashes of a list may: right below its key. It goes behind the key.
      const goesBehindKey = isFileList(next) && next.items.length === 0 && !isFlow(value);
      if (isFileList(next) && isSeq(value) && base !== undefined && isFileList(base) && !goesBehindKey) {
        this.#list(value, base.items, next.items, path);
        return;
      }
    }
    if (value !== null && isScalar(value) && typeof next !== 'object') this.#replaceScalar(value, next);
    else this.#replaceValue(place, next, path, inFlow);
  }

  #replaceScalar(node: ParsedNode, next: string | number | boolean): void {
    const { source } = this.splices;
    const wasQuoted = isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE');
    const text = wasQuoted && typeof next === 'string' ? quotedText(next) : scalarText(next);
    const [start] = node.range;
    let end = node.range[1];
    while (end > start && /[\r\n]/.test(source.text.charAt(end - 1))) end -= 1;
    this.splices.replaceKeepingComments(start, end, text, columnOf(source, start));
  }

  /** Puts a value where another kind of value stands, or none. */
  #replaceValue(place: Place, next: FileValue, path: readonly string[], inFlow: boolean): void {
    const { source } = this.splices;
    const column = columnOf(source, place.start);
    const start = place.afterColon ?? place.value?.range[0] ?? place.end;
    const asBlock = !inFlow && place.afterColon !== null && isBlock(path, next);
    const missingColon = place.value === null && place.afterColon === null ? ':' : '';
    if (asBlock && place.value === null) {
      this.splices.insertLinesAfter(place.end, blockLines(next, path, column + 2));
      return;
    }
    const lead = place.afterColon === null && missingColon === '' ? '' : ' ';
    const text = asBlock
      ? this.splices.asBlock(blockLines(next, path, column + 2))
      : `${missingColon}${lead}${flowText(next)}`;
    this.splices.replaceKeepingComments(start, place.end, text, column);
  }
}
