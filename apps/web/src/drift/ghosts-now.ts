import type { Observed } from '@vethlab/observed';
import { type Ghosts, ghostsOf } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { useLabStore } from '../lab';
import type { LabState } from '../lab/lab-state';

export const noGhosts: Ghosts = { namespaces: [], pairs: [], interfaces: [] };

interface Look {
  readonly labId: string | null;
  readonly topology: Topology | null;
  readonly observed: Observed;
  readonly behind: boolean;
  /** The document that the kernel was last known to be brought to. */
  readonly applied: Topology | null;
  readonly ghosts: Ghosts;
}

let last: Look | null = null;

/**
 * What is in the kernel and not in the document. The same object again while neither has changed, so it can be used as a
 * selector by any number of components.
 */
export function ghostsNow(lab: LabState): Ghosts {
  const behind = lab.appliedRevision < lab.revision || lab.pendingEdits > 0;
  const before = last?.labId === lab.labId ? last : null;
  if (before?.topology === lab.topology && before.observed === lab.observed && before.behind === behind)
    return before.ghosts;
  // While it is being applied, what is on its way out looks like a stranger; afterwards there is a fresh look.
  if (before !== null && lab.progress !== null) return before.ghosts;
  const applied = behind ? (before?.applied ?? null) : lab.topology;
  const found = lab.topology === null ? noGhosts : ghostsOf(lab.topology, lab.observed);
  const ghosts = behind && applied !== null ? withoutLeaving(found, applied) : found;
  last = { labId: lab.labId, topology: lab.topology, observed: lab.observed, behind, applied, ghosts };
  return ghosts;
}

export function useGhosts(): Ghosts {
  return useLabStore(ghostsNow);
}

/** Without what an edit has taken out of the document and the kernel still has: it goes with the apply. */
export function withoutLeaving(ghosts: Ghosts, applied: Topology): Ghosts {
  const isKnown = (namespace: string): boolean => Object.hasOwn(applied.nodes, namespace);
  const wires = new Set(
    applied.links.flatMap(({ endpoints: [first, second] }) => [`${first} ${second}`, `${second} ${first}`]),
  );
  const bridges = new Set(Object.entries(applied.nodes).flatMap(([name, { kind }]) => (kind === 'switch' ? name : [])));
  return {
    namespaces: ghosts.namespaces.filter(({ name }) => !isKnown(name)),
    pairs: ghosts.pairs.filter(
      ({ ends: [a, b] }) => !wires.has(`${a.namespace}:${a.ifname} ${b.namespace}:${b.ifname}`),
    ),
    interfaces: ghosts.interfaces.filter(({ namespace, type }) => !(type === 'bridge' && bridges.has(namespace))),
  };
}
