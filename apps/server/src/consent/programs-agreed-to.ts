import { commandKey, type Edit, type Program, type TopologyDiff } from '@vethlab/topology';

/**
 * What a person agrees to by making an edit, which changes so much: the argument lists typed in it, in the VRF that they get by it; and
 * what somebody agreed to before, in the VRF that this edit puts it into or gives another name. Nothing that `apply-diff` brings back: it
 * was there before, and may be what came with a file.
 */
export function programsAgreedTo(
  edit: Edit,
  diff: TopologyDiff,
  isAllowed: (program: Program) => boolean,
): readonly Program[] {
  const typed = new Set([...runsInEdit(edit)].map((run) => argumentsOf({ run })));
  const isTyped = !bringsBack(edit);
  return diff.changes.flatMap((change) => {
    if (change.record !== 'command' || change.after === null) return [];
    const { before, after } = change;
    const key = argumentsOf(after);
    const isMoved = isTyped && before !== null && argumentsOf(before) === key && isAllowed(before);
    return isMoved || typed.has(key) ? [after] : [];
  });
}

function* runsInEdit(edit: Edit): Generator<readonly string[]> {
  if (edit.type === 'batch') {
    for (const part of edit.edits) yield* runsInEdit(part);
  } else if ((edit.type === 'add-command' || edit.type === 'set-command') && edit.run !== undefined) {
    yield edit.run;
  }
}

/** Without its VRF. */
function argumentsOf({ run }: Program): string {
  return commandKey({ run });
}

function bringsBack(edit: Edit): boolean {
  return edit.type === 'batch' ? edit.edits.some(bringsBack) : edit.type === 'apply-diff';
}
