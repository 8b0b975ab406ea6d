import type { FeatureName, Observed } from '@vethlab/observed';
import type { Rename, Topology } from '@vethlab/topology';
import type { Scope } from './scope.js';

/** What a plan is made from. */
export interface PlanInput {
  /** What is wanted now. */
  readonly topology: Topology;
  /** What was applied last: what it knows is ours to change and remove. Null: nothing of ours was there before. */
  readonly previous: Topology | null;
  readonly observed: Observed;
  /**
   * Kernel objects that neither document knows: `keep` leaves them alone; `remove` removes them (repair of drift).
   * Never touched either way: what the kernel made itself, and routes of routing daemons.
   */
  readonly unmanaged: 'keep' | 'remove';
  /**
   * Nodes in which the last apply left something undone, so that what differs in them may be its doing, and not somebody's hand.
   * Absent: none.
   */
  readonly unfinished?: ReadonlySet<string> | 'all';
  /** What to look at; absent: all. The other end of a veth pair that is made or removed is looked at too. */
  readonly scope?: Scope;
  /**
   * From the TopologyDiff: a renamed node keeps its namespace, a renamed interface keeps its place.
   * Only for as long as they are not carried out: after an apply, leave them out. (Done in part, they may be given again.)
   */
  readonly renames?: readonly Rename[];
  /** What the kernel cannot do; what needs it is left out of the plan (see `missingDiagnostics`). Absent: nothing is missing. */
  readonly missing?: ReadonlySet<FeatureName>;
}
