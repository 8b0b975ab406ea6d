import { type FileValue, flowText, isFileMap } from './yaml-text.js';

export interface Alignment {
  /** Items that are the same record, perhaps changed, in order. */
  readonly pairs: readonly { readonly before: number; readonly after: number }[];
  readonly removed: readonly number[];
  /** New items, and the old item that each stands behind; null: at the beginning. */
  readonly added: readonly { readonly index: number; readonly after: number | null }[];
}

/** Beyond this many comparisons a list is aligned by its beginning and end only. */
const maximumComparisons = 4_000_000;

/** Which item of the old list became which of the new one. Order is kept: an item that moved is removed and added. */
export function alignItems(before: readonly FileValue[], after: readonly FileValue[]): Alignment {
  const oldKeys = before.map(identityOf);
  const newKeys = after.map(identityOf);
  let head = 0;
  while (head < oldKeys.length && head < newKeys.length && oldKeys[head] === newKeys[head]) head += 1;
  let tail = 0;
  const room = Math.min(oldKeys.length, newKeys.length) - head;
  while (tail < room && oldKeys.at(-1 - tail) === newKeys.at(-1 - tail)) tail += 1;
  const same: [number, number][] = Array.from({ length: head }, (_, index) => [index, index]);
  const oldMiddle = oldKeys.slice(head, oldKeys.length - tail);
  const newMiddle = newKeys.slice(head, newKeys.length - tail);
  for (const [a, b] of commonRun(oldMiddle, newMiddle)) same.push([head + a, head + b]);
  for (let left = tail; left > 0; left -= 1) same.push([oldKeys.length - left, newKeys.length - left]);
  return fillGaps(same, oldKeys.length, newKeys.length);
}

/** Between records that stayed, as many old as new ones are taken for changed ones. */
function fillGaps(same: readonly (readonly [number, number])[], oldCount: number, newCount: number): Alignment {
  const pairs: { before: number; after: number }[] = [];
  const removed: number[] = [];
  const added: { index: number; after: number | null }[] = [];
  let [a, b] = [0, 0];
  for (const [nextA, nextB] of [...same, [oldCount, newCount] as const]) {
    const changed = nextA - a === nextB - b ? nextA - a : 0;
    for (let index = 0; index < changed; index += 1) pairs.push({ before: a + index, after: b + index });
    for (let index = a + changed; index < nextA; index += 1) removed.push(index);
    const behind = nextA - 1;
    for (let index = b + changed; index < nextB; index += 1) added.push({ index, after: behind < 0 ? null : behind });
    if (nextA < oldCount && nextB < newCount) pairs.push({ before: nextA, after: nextB });
    [a, b] = [nextA + 1, nextB + 1];
  }
  return { pairs, removed, added };
}

/** Longest common subsequence of keys, as pairs of indexes. */
function commonRun(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > maximumComparisons) return [];
  const width = b.length + 1;
  const lengths = new Uint32Array((a.length + 1) * width);
  for (let row = a.length - 1; row >= 0; row -= 1) {
    for (let column = b.length - 1; column >= 0; column -= 1) {
      const at = row * width + column;
      lengths[at] =
        a[row] === b[column]
          ? (lengths[at + width + 1] ?? 0) + 1
          : Math.max(lengths[at + width] ?? 0, lengths[at + 1] ?? 0);
    }
  }
  const found: [number, number][] = [];
  let [row, column] = [0, 0];
  while (row < a.length && column < b.length) {
    const at = row * width + column;
    if (a[row] === b[column]) found.push([row++, column++]);
    else if ((lengths[at + width] ?? 0) >= (lengths[at + 1] ?? 0)) row += 1;
    else column += 1;
  }
  return found;
}

/** What makes a record the same one: a link its ends, a probe its ends, a route its destination, an address itself. */
function identityOf(value: FileValue): string {
  if (!isFileMap(value)) return flowText(value);
  const fields = new Map(value.entries);
  const parts = ['endpoints', 'from', 'to', 'metric'].map((field) => fields.get(field));
  return parts.map((part) => (part === undefined ? '' : flowText(part))).join(' ');
}
