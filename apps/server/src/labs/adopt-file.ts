import { applyEdit, diffTopologies, isEmptyDiff, type Topology, type TopologyDiff } from '@vethlab/topology';

/** How a file that somebody else wrote becomes part of the document. */
export interface AdoptedFile {
  readonly topology: Topology;
  /** From the newest document to `topology`. */
  readonly diff: TopologyDiff;
  /** From the file to `topology`: edits of ours that the file has not. Null when there are none. */
  readonly beyond: TopologyDiff | null;
}

/**
 * Joins what somebody else did to the file with edits that are not saved yet: their change, `inFile` → `theirs`, is
 * carried over onto `current`. Null when the two do not fit together.
 */
export function adoptFile(current: Topology, inFile: Topology, theirs: Topology): AdoptedFile | null {
  if (isEmptyDiff(diffTopologies(inFile, current))) {
    return { topology: theirs, diff: diffTopologies(current, theirs), beyond: null };
  }
  const change = diffTopologies(inFile, theirs);
  const result = applyEdit(current, { type: 'apply-diff', diff: change });
  if (!result.ok) return null;
  const beyond = diffTopologies(theirs, result.topology);
  return { topology: result.topology, diff: result.diff, beyond: isEmptyDiff(beyond) ? null : beyond };
}
