import type { Diagnostic, Topology } from '@vethlab/topology';
import { livenessOf } from '../lab';
import type { LabState } from '../lab/lab-state';

const none: readonly Diagnostic[] = [];

/**
 * Names of the lab that are somebody else's on the machine, as the last try to apply it told: that of a lab which runs, or that
 * for which it could not be begun. The same list for as long as nothing changes.
 */
export function conflictsNow(
  lab: Pick<LabState, 'run' | 'lastApply' | 'topology' | 'connection'>,
): readonly Diagnostic[] {
  if (lab.connection !== 'open' || lab.topology === null) return none;
  if (lab.run.state === 'failed') return stillThere(lab.run.conflicts ?? none, lab.topology);
  return livenessOf(lab) === 'live' ? stillThere(lab.lastApply?.conflicts ?? none, lab.topology) : none;
}

/** The node that a conflict is about; null: none of the document. */
export function nodeOfConflict({ path }: Diagnostic): string | null {
  const [kind, name] = path;
  return kind === 'nodes' && typeof name === 'string' ? name : null;
}

/** What a person renamed or deleted meanwhile is no conflict any more. */
function stillThere(told: readonly Diagnostic[], topology: Topology): readonly Diagnostic[] {
  const isThere = (one: Diagnostic): boolean => {
    const name = nodeOfConflict(one);
    return name === null || Object.hasOwn(topology.nodes, name);
  };
  if (told.every(isThere)) return told;
  const known = kept.get(told);
  if (known !== undefined && known.nodes === topology.nodes) return known.left;
  const left = told.filter(isThere);
  kept.set(told, { nodes: topology.nodes, left });
  return left;
}

/** The last answer for a list, so that who looks at it is not told of a change that is none. */
const kept = new WeakMap<
  readonly Diagnostic[],
  { readonly nodes: Topology['nodes']; readonly left: readonly Diagnostic[] }
>();
