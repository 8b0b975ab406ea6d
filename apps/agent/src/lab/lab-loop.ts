import { emptyObserved, type FeatureName, type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import {
  type Drift,
  driftOfPlan,
  openWayOutId,
  type Plan,
  type PlanInput,
  planLabInSlices,
  repairInput,
  type Scope,
  type Step,
  selectSteps,
  wholeNodes,
} from '@vethlab/planner';
import type { ApplyReport, Progress } from '@vethlab/protocol';
import { applyDiff, nodeOf, type Topology, type TopologyDiff, touchedBy } from '@vethlab/topology';
import { execute, type Fault } from '../apply/executor.js';
import type { Ifindexes } from '../kernel/ifindexes.js';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { beyondParts } from '../observe/beyond/parts.js';
import type { Observer } from '../observe/observer.js';
import { ReadList } from '../observe/read-list.js';
import type { KernelWatch, Signs } from '../observe/watch.js';
import type { WaysOut } from '../outside/ways-out.js';
import { Slices } from '../timing/slices.js';
import { removeGhosts } from './remove-ghosts.js';
import { ReportBuilder } from './report.js';
import { SeenScope } from './seen-scope.js';
import { listTouched, noteIndexes } from './touched.js';
import { Unsettled } from './unsettled.js';

/**
 * Plans per request. One is enough whenever the planner knows the kernel's side effects; a second mends what it did not know.
 * More would only repeat what does not help.
 */
const mostRounds = 3;

/** After a larger apply the whole lab is read again, and the events of its steps are not listened to. */
const mostEchoed = 500;

/** Progress is for eyes: this often, and only for work that takes longer. */
const progressEveryMs = 50;

export interface LabLoopOptions {
  readonly namespaces: LabNamespaces;
  readonly ifindexes: Ifindexes;
  readonly observer: Observer;
  readonly watch: KernelWatch;
  readonly waysOut: WaysOut;
  readonly beforeRemoval: (namespace: string) => void;
  /** What plans for a document have to do without; absent: nothing is missing. */
  readonly missingFor?: (topology: Topology) => ReadonlySet<FeatureName> | undefined;
  readonly onProgress: (progress: Progress | null) => void;
  readonly mayRemove?: (namespace: LabNamespace) => void;
  readonly mark?: string;
  readonly fault?: Fault;
}

/** Nothing is known: read all there is. */
const everything: Signs = { list: new ReadList(), names: 'all', everything: true, others: true };

/** Of those the kernel drops events when there are too many. Writes of sysctls are heard on a line of their own. */
const partsWithEvents = beyondParts.filter((part) => part !== 'sysctls');

const nothingNew = { names: new Set<string>(), everything: false, others: false };

/** What to bring about, and how far to look. */
interface Target extends Omit<PlanInput, 'observed'> {
  /** Only these steps of the plan and what they depend on; absent: all. */
  readonly only?: ReadonlySet<string>;
}

/**
 * observe → plan → apply → observe again → verify. One at a time, in the order asked.
 * Level-triggered: what is done follows from what is wanted and what is there, never from what was done before.
 */
export class LabLoop {
  readonly #options: LabLoopOptions;
  #topology: Topology | null = null;
  #revision = 0;
  #last: Promise<unknown> = Promise.resolve();
  #cancelled = false;
  #seen = new SeenScope();
  readonly #unsettled = new Unsettled();
  /** The same without those in which somebody wanted a part of the repair only: nothing there is the fault of an apply. */
  readonly #failed = new Unsettled();

  constructor(options: LabLoopOptions) {
    this.#options = options;
  }

  /** The document that the kernel was last asked to be like. */
  get topology(): Topology | null {
    return this.#topology;
  }

  get revision(): number {
    return this.#revision;
  }

  get observed(): Observed {
    return this.#options.observer.observed;
  }

  /** Brings the sandbox from nothing (or from whatever is there) to the document. */
  open(topology: Topology, revision: number): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const previous = this.#topology;
      this.#topology = topology;
      this.#revision = revision;
      // Reading the message of a large lab took this turn.
      await new Slices().nextTurn();
      await this.#read(everything);
      return this.#bring({ topology, previous, unmanaged: 'keep' });
    });
  }

  /** Carries one difference of the document over to the kernel, looking only at the nodes it touches. */
  change(diff: TopologyDiff, revision: number): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const { topology, scope, previous } = this.#after(diff);
      this.#topology = topology;
      this.#revision = revision;
      this.#seen.add(scope);
      return this.#bring({ topology, previous, scope, renames: diff.renames, unmanaged: 'keep' });
    });
  }

  /** What `change` would do; without a diff, what would bring the kernel back to the document. */
  plan(diff: TopologyDiff | null): Promise<readonly Step[]> {
    return this.#inTurn(async () => {
      const topology = this.#known();
      if (diff === null) return (await this.#plan(repairOf(topology))).steps;
      const { topology: wanted, scope, previous } = this.#after(diff);
      const plan = await this.#plan({ topology: wanted, previous, scope, renames: diff.renames, unmanaged: 'keep' });
      return plan.steps;
    });
  }

  /** Where the kernel differs from the document without an edit, in this scope. */
  drift(scope: Scope): Promise<readonly Drift[]> {
    return this.#inTurn(async () => {
      const topology = this.#known();
      return driftOfPlan(topology, await this.#plan({ ...repairOf(topology), scope }));
    });
  }

  /** The document has become what the kernel is already: nothing is to be done. */
  takeOver(diff: TopologyDiff, revision: number): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const { topology, scope } = this.#after(diff);
      this.#topology = topology;
      this.#revision = revision;
      this.#seen.add(scope);
      return new ReportBuilder().finish(revision, []);
    });
  }

  /** Looks at all there is, also at what makes no event. */
  lookAtAll(): Promise<void> {
    return this.#inTurn(() => {
      const list = new ReadList();
      const { namespaces } = this.#options;
      for (const name of namespaces.names()) list.beyond(name);
      if (namespaces.rootPlace !== null) list.beyond(ROOT_NAMESPACE);
      return this.#read({ ...everything, list });
    });
  }

  /** Undoes drift: these steps of the repair plan, or all of it. Ids of ghosts are of things to remove. */
  repair(items: readonly string[] | null): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const topology = this.#known();
      await this.#read(everything);
      if (items !== null) await this.#removeGhosts(topology, new Set(items));
      return this.#bring({
        ...repairOf(topology),
        ...(items === null ? {} : { only: new Set(items) }),
      });
    });
  }

  /** Opens the way out of a node again; null when the node is to have none. */
  reopenWayOut(name: string): Promise<ApplyReport | null> {
    return this.#inTurn(async () => {
      const topology = this.#known();
      if (nodeOf(topology, name)?.kind !== 'internet') return null;
      return this.#bring({
        ...repairOf(topology),
        scope: wholeNodes([name]),
        only: new Set([openWayOutId(name)]),
      });
    });
  }

  /** Removes everything the document implies, in order. */
  teardown(): Promise<ApplyReport> {
    return this.#inTurn(async () => {
      const previous = this.#known();
      const topology = { ...previous, nodes: {}, links: [], probes: [] };
      this.#topology = topology;
      return this.#bring({ topology, previous, unmanaged: 'keep' });
    });
  }

  /** What was read or edited since the last call: where drift may have come or gone. */
  takeSeen(): Scope {
    const { scope } = this.#seen;
    this.#seen = new SeenScope();
    return scope;
  }

  /** Reads again where the kernel said something changed. */
  lookAgain(signs: Signs): Promise<void> {
    return this.#inTurn(() => this.#read(signs));
  }

  /** Gives up the running apply: what has begun is finished, the rest is not tried. */
  cancel(): void {
    this.#cancelled = true;
  }

  #after(diff: TopologyDiff): { topology: Topology; previous: Topology; scope: Scope } {
    const previous = this.#known();
    const applied = applyDiff(previous, diff);
    if (!applied.ok)
      throw new Error(`The agent's document does not fit the server's change: ${applied.diagnostics[0]?.detail ?? ''}`);
    return {
      topology: applied.topology,
      previous,
      scope: this.#unsettled.widen(touchedBy(diff, previous, applied.topology)),
    };
  }

  #known(): Topology {
    if (this.#topology === null) throw new Error('No lab is open.');
    return this.#topology;
  }

  async #plan(target: Target): Promise<Plan> {
    const { only, ...input } = target;
    const slices = new Slices();
    // What came before, such as reading a large document out of its message, took a stretch of its own.
    await slices.nextTurn();
    const missing = this.#options.missingFor?.(input.topology);
    await slices.turn();
    const planning = planLabInSlices({
      ...input,
      observed: this.observed,
      unfinished: this.#failed.names,
      ...(missing === undefined ? {} : { missing }),
    });
    for (;;) {
      const slice = planning.next();
      if (slice.done) return only === undefined ? slice.value : selectSteps(slice.value, only);
      await slices.turn();
    }
  }

  async #bring(target: Target): Promise<ApplyReport> {
    const { watch, ifindexes } = this.#options;
    const report = new ReportBuilder();
    let differences: readonly string[] = [];
    let current = target;
    this.#cancelled = false;
    watch.pause();
    try {
      for (let round = 1; round <= mostRounds; round += 1) {
        const { steps } = await this.#plan(current);
        differences = steps.map(({ reason }) => reason);
        if (steps.length === 0) break;
        const touched = new ReadList();
        const slices = new Slices();
        await noteIndexes(steps, this.observed, ifindexes, slices);
        await listTouched(steps, ifindexes, touched, slices);
        await slices.turn();
        if (steps.length > mostEchoed) watch.stopListening();
        report.add(steps, await this.#execute(steps));
        watch.listen();
        await listTouched(steps, ifindexes, touched, slices);
        await this.#read(await watch.take(), touched);
        // The renames are done; a second round must not look for the old names.
        const { renames: _, ...settled } = current;
        current = settled;
        differences =
          report.failed || round === mostRounds ? (await this.#plan(current)).steps.map(({ reason }) => reason) : [];
        if (report.failed) break;
      }
    } finally {
      this.#options.onProgress(null);
      watch.resume();
    }
    const isUndone = differences.length > 0 || report.failed;
    const isPart = target.only !== undefined;
    this.#unsettled.note(target.scope, isUndone || isPart);
    if (isUndone || !isPart) this.#failed.note(target.scope, isUndone);
    return report.finish(this.#revision, differences);
  }

  async #execute(steps: readonly Step[]) {
    const { namespaces, ifindexes, waysOut, onProgress, beforeRemoval, mayRemove, mark, fault } = this.#options;
    let toldAt = performance.now();
    return execute(steps, {
      namespaces,
      ifindexes,
      waysOut,
      beforeRemoval,
      peersOf: (namespace) => this.#options.observer.peersOf(namespace),
      cancelled: () => this.#cancelled,
      onProgress: (done, total) => {
        const now = performance.now();
        if (now - toldAt < progressEveryMs) return;
        toldAt = now;
        onProgress({ phase: 'apply', done, total });
      },
      ...(mayRemove === undefined ? {} : { mayRemove }),
      ...(mark === undefined ? {} : { mark }),
      ...(fault === undefined ? {} : { fault }),
    });
  }

  async #removeGhosts(topology: Topology, ids: ReadonlySet<string>): Promise<void> {
    const { namespaces, beforeRemoval } = this.#options;
    const touched = removeGhosts(ids, { topology, observed: this.observed, namespaces, beforeRemoval });
    if (touched.size > 0) await this.#read({ ...nothingNew, list: touched });
  }

  async #read(signs: Signs, also = new ReadList()): Promise<void> {
    const { observer, namespaces, watch } = this.#options;
    const slices = new Slices();
    also.add(signs.list);
    if (signs.names === 'all' || signs.names.size > 0 || signs.everything) {
      const { appeared, vanished, unfinished } = namespaces.rescan(signs.everything ? 'all' : signs.names);
      for (const name of [...appeared, ...vanished]) also.all(name);
      // What was made in it before it had a number made no event.
      for (const name of appeared) also.beyond(name);
      if (vanished.length > 0) this.#options.waysOut.letGoOfGone((inode) => namespaces.nameOf(inode) !== undefined);
      if (unfinished.size > 0) watch.lookAtNamesAgain(unfinished);
      await slices.turn();
    }
    if (signs.everything) {
      for (const name of namespaces.names()) {
        also.all(name);
        if (signs.others) also.beyond(name, watch.hearsSysctlsOf(name) ? partsWithEvents : beyondParts);
      }
      if (namespaces.rootPlace !== null) {
        also.all(ROOT_NAMESPACE);
        // It is one, and nothing of it is seen by reading all else.
        also.beyond(ROOT_NAMESPACE);
      }
    }
    const nameOf = (namespace: string, ifindex: number) => observer.ifnameOf(namespace, ifindex);
    this.#seen.addRead(also, nameOf);
    await observer.refresh(also, slices);
    this.#seen.addRead(also, nameOf);
  }

  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    // The next in line does not care how this one ended; the asker does, and gets `turn` itself.
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

function repairOf(topology: Topology): Target {
  const { observed: _, ...target } = repairInput(topology, emptyObserved);
  return target;
}
