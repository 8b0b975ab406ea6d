import type { FeatureName, Observed } from '@vethlab/observed';
import type { Rename, Topology } from '@vethlab/topology';

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
   * Names of nodes (of now or of before) to look at; absent: all. A node that shares a veth pair with one of them is
   * looked at too when that pair is made or removed.
   */
  readonly scope?: ReadonlySet<string>;
  /**
   * From the TopologyDiff: a renamed node keeps its namespace, a renamed interface keeps its place.
   * Only for as long as they are not carried out: after an apply, leave them out. (Done in part, they may be given again.)
   */
  readonly renames?: readonly Rename[];
  /** What the kernel cannot do; what needs it is left out of the plan (see `missingDiagnostics`). Absent: nothing is missing. */
  readonly missing?: ReadonlySet<FeatureName>;
}
