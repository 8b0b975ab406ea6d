import type { Edit } from '@vethlab/topology';

/**
 * The argument lists that a person typed in an edit: making it is agreeing to them. Not those of `apply-diff`, which brings back
 * what was there before, and that may be what came with a file.
 */
export function* runsInEdit(edit: Edit): Generator<readonly string[]> {
  if (edit.type === 'batch') {
    for (const part of edit.edits) yield* runsInEdit(part);
  } else if ((edit.type === 'add-command' || edit.type === 'set-command') && edit.run !== undefined) {
    yield edit.run;
  }
}
