import {
  applyEdit,
  type CarriedOver,
  carryOver,
  type Diagnostic,
  diagnostic,
  diffTopologies,
  invertDiff,
  isEmptyDiff,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';

/** What the kernel has already, as a change of the document that it was last asked for. */
export interface Taken {
  /** That document after the change. */
  readonly topology: Topology;
  readonly diff: TopologyDiff;
}

export type TakenUnder =
  | { readonly ok: true; readonly taken: Taken }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** From the document of the kernel to the newest one, over the edits in between that are held back. */
export function overHeld(diff: TopologyDiff, held: TopologyDiff | null, newest: Topology): CarriedOver {
  return held === null ? { ok: true, diff } : carryOver(diff, held, newest);
}

/** The other way: a change of the newest document that says what is so, or no longer so, in the kernel. */
export function underHeld(diff: TopologyDiff, held: TopologyDiff | null, applied: Topology): TakenUnder {
  const carried = held === null ? ({ ok: true, diff } as const) : carryOver(diff, invertDiff(held), applied);
  if (!carried.ok) return { ok: false, diagnostics: heldConflict(carried.conflicts) };
  const result = applyEdit(applied, { type: 'apply-diff', diff: carried.diff });
  return result.ok ? { ok: true, taken: { topology: result.topology, diff: result.diff } } : result;
}

/** What is still held once the document of the kernel is `applied`; null when that is all there is. */
export function leftHeld(applied: Topology, held: TopologyDiff | null, newest: Topology): TopologyDiff | null {
  if (held === null) return null;
  const left = diffTopologies(applied, newest, held.renames);
  return isEmptyDiff(left) ? null : left;
}

/** Why a take-over does not go with what is held back. */
export function heldConflict(conflicts: readonly string[]): readonly Diagnostic[] {
  const what = conflicts.length > mostNamed ? [...conflicts.slice(0, mostNamed), 'more'] : conflicts;
  const detail = `Edits that are held back change the same: ${what.join(', ')}. Apply or undo them first, or leave this out.`;
  return [diagnostic('edit.held', [], detail)];
}

/** One sentence, not a list. */
const mostNamed = 5;
