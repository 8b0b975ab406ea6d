import type { Step } from '@vethlab/planner';
import type { ApplyReport } from '@vethlab/protocol';
import {
  applyDiff,
  carryOver,
  composeDiffs,
  type Diagnostic,
  diffTopologies,
  invertDiff,
  nodesTouchedBy,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';
import type { LabLoop } from '../lab/lab-loop.js';
import { failedReport } from '../lab/report.js';

/** What of a lab's loop can be asked for by messages. */
export type LoopOrders = Pick<LabLoop, 'open' | 'change' | 'plan' | 'repair' | 'takeOver'>;

/** What the gate sees of the machine. */
export interface GateView {
  /** Opens namespaces of the lab that are there already, before anything is compared. */
  readonly rescan: () => void;
  /** Names that these nodes want and that are somebody else's. */
  readonly conflicts: (topology: Topology, nodes: Iterable<string>) => readonly Diagnostic[];
}

/**
 * Stands before the loop on a host: what would touch a name that is somebody else's is told and not run at all. A change that is
 * held back so waits for the next one (which may be the rename that makes way) or for `repair`, and they are applied as one.
 */
export class HostGate implements LoopOrders {
  readonly #loop: LabLoop;
  readonly #view: GateView;
  #heldBack: { readonly diff: TopologyDiff; readonly revision: number } | null = null;
  #last: Promise<unknown> = Promise.resolve();

  constructor(loop: LabLoop, view: GateView) {
    this.#loop = loop;
    this.#view = view;
  }

  open(topology: Topology, revision: number): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      // The loop reads everything after this, so nothing is lost that the rescan found.
      this.#view.rescan();
      const conflicts = this.#view.conflicts(topology, Object.keys(topology.nodes));
      if (conflicts.length > 0) return refusal(revision, conflicts);
      this.#heldBack = null;
      return this.#loop.open(topology, revision);
    });
  }

  change(diff: TopologyDiff, revision: number): Promise<ApplyReport> {
    return this.#inTurn(() => this.#bring(this.#with(diff), revision));
  }

  /** @throws when the change could not be applied here: then there is nothing to plan */
  plan(diff: TopologyDiff | null): Promise<readonly Step[]> {
    return this.#inTurn(async () => {
      const whole = diff === null ? (this.#heldBack?.diff ?? null) : this.#with(diff);
      if (whole !== null) {
        const [conflict] = this.#conflictsOf(whole);
        if (conflict !== undefined) throw new Error(conflict.detail);
      }
      return this.#loop.plan(whole);
    });
  }

  /**
   * The document says what is so, or no longer so, in our namespaces. A change that waits goes on waiting, on top of that; only
   * when both are about the same, they are brought about as one.
   */
  takeOver(diff: TopologyDiff, revision: number): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const held = this.#heldBack;
      if (held === null) return this.#loop.takeOver(diff, revision);
      const before = this.#known();
      const whole = this.#with(diff);
      const under = carryOver(diff, invertDiff(held.diff), before);
      const now = under.ok ? applyDiff(before, under.diff) : under;
      const newest = applyDiff(before, whole);
      if (!under.ok || !now.ok || !newest.ok) return this.#bring(whole, revision);
      await this.#loop.takeOver(under.diff, revision);
      return this.#bring(diffTopologies(now.topology, newest.topology, held.diff.renames), revision);
    });
  }

  /** Somebody may have made way by now: what was held back comes first. */
  repair(items: readonly string[] | null): Promise<ApplyReport> {
    return this.#inTurn(() => {
      const held = this.#heldBack;
      return held === null ? this.#loop.repair(items) : this.#bring(held.diff, held.revision);
    });
  }

  async #bring(diff: TopologyDiff, revision: number): Promise<ApplyReport> {
    const conflicts = this.#conflictsOf(diff);
    if (conflicts.length > 0) {
      this.#heldBack = { diff, revision };
      return refusal(revision, conflicts);
    }
    // What was in the way may have been adopted, which makes no event: everything is read anew.
    if (this.#heldBack !== null) await this.#loop.repair([]);
    this.#heldBack = null;
    return this.#loop.change(diff, revision);
  }

  #with(diff: TopologyDiff): TopologyDiff {
    return this.#heldBack === null ? diff : composeDiffs([this.#heldBack.diff, diff]);
  }

  #conflictsOf(diff: TopologyDiff): readonly Diagnostic[] {
    const topology = this.#known();
    const applied = applyDiff(topology, diff);
    // The loop says why a change does not fit.
    if (!applied.ok) return [];
    return this.#view.conflicts(applied.topology, nodesTouchedBy(diff, topology, applied.topology));
  }

  #known(): Topology {
    const { topology } = this.#loop;
    if (topology === null) throw new Error('No lab is open.');
    return topology;
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    // The next in line does not care how this one ended; the asker does, and gets `turn` itself.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function refusal(revision: number, conflicts: readonly Diagnostic[]): ApplyReport {
  const [first] = conflicts;
  return {
    ...failedReport(revision, first?.detail ?? ''),
    differences: conflicts.map(({ detail }) => detail),
    conflicts,
  };
}
