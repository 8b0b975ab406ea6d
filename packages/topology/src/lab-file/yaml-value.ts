import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import type { DiagnosticCode } from '../model/diagnostic-codes.js';
import { diagnostic, quoted } from '../model/problem.js';
import { type LineTable, placed } from './line-table.js';

/** One entry of a map in the source. */
export interface MapEntry {
  readonly key: string;
  readonly keyNode: ParsedNode;
  readonly value: ParsedNode | null;
}

/** Text of a key as it was typed: `1e3` and `true` are names here, not a number and a truth value. */
export function keyText(node: ParsedNode): string {
  if (!isScalar(node)) return '';
  return typeof node.value === 'string' ? node.value : node.source;
}

/** Entries of a map node in file order; nothing for other nodes. */
export function mapEntries(node: ParsedNode | null): readonly MapEntry[] {
  if (!isMap(node)) return [];
  return node.items.map((pair) => ({
    key: keyText(pair.key as ParsedNode),
    keyNode: pair.key as ParsedNode,
    value: pair.value as ParsedNode | null,
  }));
}

/** Items of a list node; nothing for other nodes. */
export function listItems(node: ParsedNode | null): readonly ParsedNode[] {
  return isSeq(node) ? (node.items as ParsedNode[]) : [];
}

/**
 * A syntax tree to plain values for the schema. Keys that stand twice in one map are told (in linear time: the library's
 * own check compares every key with every other). Objects are made of own properties only, whatever the keys are.
 */
export function plainValueOf(root: ParsedNode | null, lines: LineTable): { value: unknown; diagnostics: Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const tell = (node: ParsedNode, path: DocumentPath, code: DiagnosticCode, detail: string) => {
    diagnostics.push(placed(diagnostic(code, path, detail), lines, node.range[0]));
  };
  const convert = (node: ParsedNode | null, path: DocumentPath): unknown => {
    if (node === null) return null;
    if (isScalar(node)) return node.value;
    if (isSeq(node)) return node.items.map((item, index) => convert(item as ParsedNode, [...path, index]));
    const seen = new Set<string>();
    const entries: [string, unknown][] = [];
    for (const { key, keyNode, value } of mapEntries(node)) {
      if (!isScalar(keyNode)) tell(keyNode, path, 'shape.type', 'A key must be text.');
      // The schema library leaves this key out of records without a word, so it is refused here.
      else if (key === '__proto__') tell(keyNode, [...path, key], 'name.reserved', '"__proto__" cannot be a name.');
      else if (seen.has(key)) tell(keyNode, [...path, key], 'file.duplicate-key', `${quoted(key)} is there already.`);
      seen.add(key);
      entries.push([key, convert(value, [...path, key])]);
    }
    return Object.fromEntries(entries);
  };
  return { value: convert(root, []), diagnostics };
}

/** Offset of the deepest part of a path that is in the source: of a key for a map entry, of the item in a list. */
export function offsetOf(root: ParsedNode | null, path: DocumentPath): number {
  let node = root;
  let offset = root?.range[0] ?? 0;
  for (const [depth, step] of path.entries()) {
    if (typeof step === 'number') {
      const item = listItems(node)[step];
      if (item === undefined) break;
      node = item;
      offset = item.range[0];
      continue;
    }
    const entry = mapEntries(node).find(({ key }) => key === step);
    if (entry === undefined) break;
    node = entry.value;
    const isLast = depth === path.length - 1;
    // A problem with a value is shown at the value, unless there is none.
    offset =
      isLast && isScalar(entry.value) && entry.value.source !== '' ? entry.value.range[0] : entry.keyNode.range[0];
  }
  return offset;
}
