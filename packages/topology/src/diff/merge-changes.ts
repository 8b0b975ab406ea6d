import { sameValue } from './same-value.js';
import type { Change } from './topology-diff.js';

/** Everything that happens to one record, in order. */
interface History {
  readonly first: Change;
  readonly last: Change;
  /** Place before the first list of changes, for a record that goes. */
  readonly placeBefore: number;
  /** Place after the second list of changes, for a record that comes. */
  readonly placeAfter: number;
  /** It was taken out and put in again: it may stand elsewhere. */
  readonly replaced: boolean;
}

/** One list of changes that does what two do one after the other. Both must use the same names. */
export function mergeChanges(first: readonly Change[], second: readonly Change[]): readonly Change[] {
  const groups = new Map<string, { first: Change[]; second: Change[] }>();
  const groupAt = (change: Change) => {
    const key = siblingsOf(change);
    const known = groups.get(key);
    if (known !== undefined) return known;
    const made = { first: [], second: [] };
    groups.set(key, made);
    return made;
  };
  for (const change of first) groupAt(change).first.push(change);
  for (const change of second) groupAt(change).second.push(change);
  return [...groups.values()].flatMap((group) => mergeSiblings(group.first, group.second));
}

function mergeSiblings(first: readonly Change[], second: readonly Change[]): readonly Change[] {
  const addedFirst = places(first, isAddition);
  const removedFirst = places(first, isRemoval);
  const addedSecond = places(second, isAddition);
  const removedSecond = places(second, isRemoval);
  const histories = new Map<string, History>();
  // The index of a removal is a place before its list of changes, every other a place after it.
  for (const change of first) {
    const { index } = change;
    const before = isRemoval(change) ? index : backward(index, addedFirst, removedFirst);
    note(histories, change, before, forward(index, removedSecond, addedSecond));
  }
  for (const change of second) note(histories, change, backward(change.index, addedFirst, removedFirst), change.index);
  const removals: Change[] = [];
  const others: Change[] = [];
  for (const { first: start, last: end, placeBefore, placeAfter, replaced } of histories.values()) {
    if (start.before === null && end.after === null) continue;
    if (start.before === null) {
      others.push({ ...end, before: null, index: placeAfter } as Change);
    } else if (end.after === null) {
      removals.push({ ...start, after: null, index: placeBefore } as Change);
    } else if (replaced) {
      removals.push({ ...start, after: null, index: placeBefore } as Change);
      others.push({ ...end, before: null, index: placeAfter } as Change);
    } else if (!sameValue(start.before, end.after)) {
      others.push({ ...end, before: start.before, after: end.after, index: placeAfter } as Change);
    }
  }
  return [...removals, ...others];
}

function note(histories: Map<string, History>, change: Change, placeBefore: number, placeAfter: number): void {
  const key = keyOf(change);
  const known = histories.get(key);
  if (known === undefined) {
    histories.set(key, { first: change, last: change, placeBefore, placeAfter, replaced: false });
    return;
  }
  const replaced = known.replaced || (known.last.after === null && change.after !== null);
  histories.set(key, { ...known, last: change, placeAfter, replaced });
}

function isAddition(change: Change): boolean {
  return change.before === null && change.after !== null;
}

function isRemoval(change: Change): boolean {
  return change.before !== null && change.after === null;
}

function places(changes: readonly Change[], wanted: (change: Change) => boolean): readonly number[] {
  return changes
    .filter(wanted)
    .map((change) => change.index)
    .sort((a, b) => a - b);
}

/** Where a record stands after others were removed and then added. */
function forward(place: number, removed: readonly number[], added: readonly number[]): number {
  let now = place - removed.filter((other) => other < place).length;
  for (const other of added) if (other <= now) now += 1;
  return now;
}

/** Where a record stood before others were added, and before that removed. */
function backward(place: number, added: readonly number[], removed: readonly number[]): number {
  let then = place - added.filter((other) => other < place).length;
  for (const other of removed) if (other <= then) then += 1;
  return then;
}

/** Records that have their places among each other. */
function siblingsOf(change: Change): string {
  const isPart = change.record === 'interface' || change.record === 'command';
  return isPart ? `${change.record} ${change.node}` : change.record;
}

function keyOf(change: Change): string {
  switch (change.record) {
    case 'lab':
      return '';
    case 'node':
    case 'position':
      return change.node;
    case 'interface':
      return change.ifname;
    case 'command':
      return change.name;
    case 'link':
    case 'probe':
      return change.key;
  }
}
