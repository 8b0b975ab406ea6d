import { applyEdit, diffTopologies, type Edit, isEmptyDiff, type Topology, type TopologyDiff } from '@vethlab/topology';
import { namesInEdit } from './names-in-edit.js';
import { reusedNames } from './reused-names.js';

/** How a file that somebody else wrote becomes part of the document. */
export interface AdoptedFile {
  readonly topology: Topology;
  /** From the newest document to `topology`. */
  readonly diff: TopologyDiff;
  /** From the file to `topology`: edits of ours that the file has not. Null when there are none. */
  readonly beyond: TopologyDiff | null;
}

/** What a file had when it was last ours, and the edits since that it has not. */
interface FileBefore {
  readonly topology: Topology;
  readonly unsaved: readonly { readonly diff: TopologyDiff }[];
}

/**
 * Joins what somebody else did to the file with edits that are not saved yet: their change, `inFile` → `theirs`, is
 * carried over onto `current`. Null when the two do not fit together: also when a name in their change
 * means another object by now.
 */
export function adoptFile(current: Topology, before: FileBefore, theirs: Topology): AdoptedFile | null {
  const inFile = before.topology;
  if (isEmptyDiff(diffTopologies(inFile, current))) {
    return { topology: theirs, diff: diffTopologies(current, theirs), beyond: null };
  }
  const change = diffTopologies(inFile, theirs);
  const edit: Edit = { type: 'apply-diff', diff: change };
  const ours = before.unsaved.map(({ diff }) => ({ diff, author: null }));
  const isOther = reusedNames(inFile, ours, null);
  for (const name of namesInEdit(edit, current)) if (isOther(name)) return null;
  const result = applyEdit(current, edit);
  if (!result.ok) return null;
  const beyond = diffTopologies(theirs, result.topology);
  return { topology: result.topology, diff: result.diff, beyond: isEmptyDiff(beyond) ? null : beyond };
}
