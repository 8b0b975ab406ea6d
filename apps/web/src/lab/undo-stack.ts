import { type Change, composeDiffs, invertDiff, type TopologyDiff } from '@vethlab/topology';

/** One accepted edit of this person, in this session. */
export interface UndoEntry {
  readonly diff: TopologyDiff;
  /** That it led to, when the diff is all of what led there: the server can take it back by this number. */
  readonly revision: number | null;
  /** What it did, in the words the person saw: "Added h3". */
  readonly summary: string;
  /** Monotonic milliseconds, to tell one drag from the next. */
  readonly atMs: number;
  /** What was adopted: taken back, the document forgets it and the kernel keeps it. */
  readonly takeOver?: true;
}

/** What the server made of a step back or forth. */
export type Accepted = Pick<UndoEntry, 'diff' | 'revision'>;

export interface UndoStack {
  readonly undo: readonly UndoEntry[];
  readonly redo: readonly UndoEntry[];
}

export const emptyUndoStack: UndoStack = { undo: [], redo: [] };

/** Steps of one movement (held arrow keys, a drag in two pulls) come closer together than this. */
const sameMovementMs = 800;

/** A new edit: undoable, and what was undone before cannot be redone any more. */
export function pushDone(stack: UndoStack, entry: UndoEntry): UndoStack {
  const last = stack.undo.at(-1);
  const merged = last === undefined ? null : mergeMovement(last, entry);
  return { undo: merged === null ? [...stack.undo, entry] : [...stack.undo.slice(0, -1), merged], redo: [] };
}

/** What finished the last edit becomes part of it. With nothing to be part of, it is nobody's to take back. */
export function pushSettled(stack: UndoStack, diff: TopologyDiff): UndoStack {
  const last = stack.undo.at(-1);
  if (last === undefined) return stack;
  return {
    ...stack,
    undo: [...stack.undo.slice(0, -1), { ...last, diff: composeDiffs([last.diff, diff]), revision: null }],
  };
}

/** The undo was accepted with this diff (the inverse of the entry's, as the server carried it out). */
export function pushUndone(stack: UndoStack, entry: UndoEntry, { diff, revision }: Accepted): UndoStack {
  return { ...stack, redo: [...stack.redo, { ...entry, diff: invertDiff(diff), revision }] };
}

export function pushRedone(stack: UndoStack, entry: UndoEntry, { diff, revision }: Accepted): UndoStack {
  return { ...stack, undo: [...stack.undo, { ...entry, diff, revision }] };
}

/** Takes the last entry off one of the two. */
export function pop(
  stack: UndoStack,
  side: 'undo' | 'redo',
): { readonly entry: UndoEntry; readonly rest: UndoStack } | null {
  const entry = stack[side].at(-1);
  return entry === undefined ? null : { entry, rest: { ...stack, [side]: stack[side].slice(0, -1) } };
}

type PositionChange = Extract<Change, { readonly record: 'position' }>;

/** Two movements of the same nodes, shortly after each other, are one to the person who made them. */
function mergeMovement(first: UndoEntry, second: UndoEntry): UndoEntry | null {
  if (second.atMs - first.atMs > sameMovementMs || first.takeOver !== second.takeOver) return null;
  const before = movedNodes(first.diff);
  const after = movedNodes(second.diff);
  if (before === null || after === null || before.size !== after.size) return null;
  const changes: PositionChange[] = [];
  for (const [node, change] of after) {
    const start = before.get(node);
    if (start === undefined) return null;
    changes.push({ ...change, before: start.before });
  }
  return { ...second, diff: { renames: [], changes }, revision: null };
}

function movedNodes(diff: TopologyDiff): ReadonlyMap<string, PositionChange> | null {
  if (diff.renames.length > 0 || diff.changes.length === 0) return null;
  const moved = new Map<string, PositionChange>();
  for (const change of diff.changes) {
    if (change.record !== 'position') return null;
    moved.set(change.node, change);
  }
  return moved;
}
