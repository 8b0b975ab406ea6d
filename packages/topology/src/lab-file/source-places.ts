import { isCollection, isMap, isScalar, isSeq, type Pair, type ParsedNode, type YAMLMap, type YAMLSeq } from 'yaml';
import type { YamlSource } from './read-yaml.js';
import { keyText } from './yaml-value.js';

/** One record in the source: an entry of a map, or an item of a list. */
export interface Place {
  /** Key of a map entry; empty for an item. */
  readonly key: string;
  readonly keyNode: ParsedNode | null;
  readonly value: ParsedNode | null;
  /** Offset of the key, or of the item's dash; inside `[ ]` of the item itself. */
  readonly start: number;
  /** Offset after the colon of a map entry; null when there is none, as in `{ a, b }`. */
  readonly afterColon: number | null;
  /** Offset after the last character that is not space or comment. */
  readonly end: number;
}

/** Offset where the content of a node ends: before trailing spaces, line ends and comments. */
export function contentEnd(node: ParsedNode, text: string): number {
  if (isCollection(node) && node.flow !== true) {
    const last = placesOf(node, text).at(-1);
    return last === undefined ? node.range[1] : last.end;
  }
  let end = node.range[1];
  // A block scalar ends with its last line end.
  while (end > node.range[0] && /[\r\n]/.test(text.charAt(end - 1))) end -= 1;
  return end;
}

/** Entries or items of a collection, in file order. */
export function placesOf(node: ParsedNode, text: string): readonly Place[] {
  if (isMap(node)) return node.items.map((pair) => entryPlace(pair as Pair<ParsedNode, ParsedNode | null>, text));
  if (isSeq(node)) return itemPlaces(node as YAMLSeq<ParsedNode>, text);
  return [];
}

function entryPlace(pair: Pair<ParsedNode, ParsedNode | null>, text: string): Place {
  const colon = pair.srcToken?.sep?.find((token) => token.type === 'map-value-ind');
  const afterColon = colon === undefined ? null : colon.offset + 1;
  const keyEnd = contentEnd(pair.key, text);
  const value = pair.value;
  const isAbsent = value === null || (isScalar(value) && value.range[0] === value.range[1]);
  return {
    key: keyText(pair.key),
    keyNode: pair.key,
    value: isAbsent ? null : value,
    start: pair.key.range[0],
    afterColon,
    end: isAbsent ? Math.max(afterColon ?? 0, keyEnd) : contentEnd(value, text),
  };
}

function itemPlaces(node: YAMLSeq<ParsedNode>, text: string): readonly Place[] {
  const token = node.srcToken;
  const tokens = token?.type === 'block-seq' ? token.items : [];
  return node.items.map((item, index) => {
    const dash = tokens[index]?.start.find((part) => part.type === 'seq-item-ind');
    return {
      key: '',
      keyNode: null,
      value: item,
      start: dash?.offset ?? item.range[0],
      afterColon: null,
      end: contentEnd(item, text),
    };
  });
}

/** Whether a collection is written in `{ }` or `[ ]`. */
export function isFlow(node: ParsedNode): node is ParsedNode & (YAMLMap | YAMLSeq) {
  return isCollection(node) && node.flow === true;
}

/** Offset of the first character of a line; a byte order mark is not part of it. */
export function lineStart(source: YamlSource, offset: number): number {
  const start = source.text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && source.text.startsWith('\ufeff') ? 1 : start;
}

/** Offset after the end of the line, the line end included. */
export function afterLine(source: YamlSource, offset: number): number {
  const end = source.text.indexOf('\n', offset);
  return end < 0 ? source.text.length : end + 1;
}

/** Whether nothing but spaces stands before the offset on its line. */
export function isFirstOnLine(source: YamlSource, offset: number): boolean {
  return source.text.slice(lineStart(source, offset), offset).trim() === '';
}

/** Columns before the offset on its line. */
export function columnOf(source: YamlSource, offset: number): number {
  return offset - lineStart(source, offset);
}
