import type { Step } from '@vethlab/planner';
import type {
  ApplyReport,
  CommandNews,
  LabId,
  LabMode,
  LiveNews,
  Progress,
  ReachReport,
  RunState,
  TerminalNews,
  ToAgent,
} from '@vethlab/protocol';
import { outsideAllowed } from '@vethlab/protocol';
import type { AgentAnswer, AgentRequest, RequestOptions } from '@vethlab/sandbox';
import { composeDiffs, diffTopologies, isEmptyDiff, type Topology, type TopologyDiff } from '@vethlab/topology';
import type { Logger } from 'pino';
import type { AgentLine, AgentStarter } from '../agents/agent-starter.js';
import { LabRunner } from '../agents/lab-runner.js';
import { orProblem, orRefusal } from '../agents/or-problem.js';
import type { AppliedDocument, HeldBase } from '../files/held-base.js';
import { ProblemError } from '../http/problem-error.js';
import { agentRequestMaxMs } from '../limits.js';
import type { StateMessage } from './lab-mirror.js';
import { leftHeld, type Taken } from './take-over.js';

/** What the running side of a lab needs of the lab. */
export interface LabRunOwner {
  readonly id: LabId;
  readonly document: () => AppliedDocument;
  readonly isWatched: () => boolean;
  readonly onRun: (run: RunState, progress: Progress | null) => void;
  readonly onState: (message: StateMessage) => void;
  readonly onGone: () => void;
  readonly onReady: () => void;
  readonly onLive: (news: LiveNews) => void;
  readonly onTerminal: (news: TerminalNews) => void;
  readonly onCommands: (news: CommandNews) => void;
  /** Keeps what the kernel was last asked for while the lab is in held mode. */
  readonly heldBase: HeldBase;
}

interface Waiter {
  readonly revision: number;
  readonly done: (error: ProblemError | null) => void;
}

/** The running side of one lab: what of the document the kernel has been asked for, and requests to the agent. */
export class LabRun {
  readonly #owner: LabRunOwner;
  readonly #runner: LabRunner;
  #mode: LabMode = 'live';
  /** The document that the agent was last asked for. In held mode it is older than the newest one. */
  #sent: AppliedDocument | null = null;
  /** Edits that the agent was not asked for yet, oldest first. */
  #held: TopologyDiff[] = [];
  #appliedRevision = 0;
  #waiters: Waiter[] = [];
  #reaches = new Set<string>();

  constructor(owner: LabRunOwner, startAgent: AgentStarter, log: Logger) {
    this.#owner = owner;
    this.#runner = new LabRunner(
      {
        opening: () => this.#opening(),
        isWatched: owner.isWatched,
        allowsOutside: (order) => this.#sent !== null && outsideAllowed(this.#sent.topology, order),
        onRun: owner.onRun,
        onState: (message) => this.#takeState(message),
        onGone: () => this.#gone(),
        onReady: owner.onReady,
        onLive: owner.onLive,
        onTerminal: owner.onTerminal,
        onCommands: owner.onCommands,
      },
      startAgent,
      owner.id,
      log,
    );
  }

  get state(): RunState {
    return this.#runner.run;
  }

  get progress(): Progress | null {
    return this.#runner.progress;
  }

  get wanted(): boolean {
    return this.#runner.wanted;
  }

  /** Not while the lab is stopped, failed, or just being started. */
  get hasKernel(): boolean {
    return this.#runner.line !== null;
  }

  get mode(): LabMode {
    return this.#mode;
  }

  /** The revision the kernel was last brought to. */
  get appliedRevision(): number {
    return this.#appliedRevision;
  }

  start(): void {
    if (!this.#runner.wanted) this.#sent = null;
    this.#runner.start();
  }

  /** Starts with what was last applied; what the document has beyond that is held. For coming back in held mode. */
  startHeld(applied: AppliedDocument): void {
    const newest = this.#owner.document();
    const diff = diffTopologies(applied.topology, newest.topology);
    const isHeld = !isEmptyDiff(diff);
    this.#held = isHeld ? [diff] : [];
    // Somebody may have changed the file meanwhile, and its revisions begin anew.
    const revision = isHeld ? Math.min(applied.revision, newest.revision - 1) : newest.revision;
    this.#sent = { topology: applied.topology, revision };
    this.#runner.start();
  }

  /** @throws ProblemError 409 when something in the lab is not the lab's: it runs on as it was */
  async stop(): Promise<void> {
    await orRefusal(this.#runner.stop());
    if (this.#runner.wanted) return;
    this.#sent = null;
    this.#owner.heldBase.forget();
  }

  /** The server ends: the sandbox goes; on the host the lab runs on. */
  close(): Promise<void> {
    return this.#runner.close();
  }

  /** The document that the kernel was asked for and is like, as far as we know; null while something is under way. */
  get settled(): AppliedDocument | null {
    const isDone = this.#sent !== null && this.#appliedRevision === this.#sent.revision;
    return isDone && this.state.state === 'running' && this.progress === null ? this.#sent : null;
  }

  /** The document that the kernel was last asked for, whether it is there yet or not; null while the lab is stopped. */
  get asked(): Topology | null {
    return this.#sent?.topology ?? null;
  }

  /** From that document to the newest one; null when nothing is held back. */
  get held(): TopologyDiff | null {
    return this.#held.length === 0 ? null : composeDiffs(this.#held);
  }

  /** The document that the kernel was asked for has become what the kernel is already. What is held back stays held. */
  takenOver({ topology, diff }: Taken): void {
    if (this.#sent === null) return;
    const newest = this.#owner.document();
    const left = leftHeld(topology, this.held, newest.topology);
    this.#held = left === null ? [] : [left];
    // With edits held on top, the kernel is where it was: behind them.
    this.#sent = left === null ? newest : { topology, revision: this.#sent.revision };
    if (this.#mode === 'held') this.#owner.heldBase.keep(this.#sent);
    this.#runner.send({ type: 'take-over', diff, revision: this.#sent.revision });
  }

  /** The document has changed. Live: the kernel follows at once. */
  documentChanged(diff: TopologyDiff): void {
    if (this.#sent === null) return;
    this.#held.push(diff);
    if (this.#mode === 'live') this.#release();
  }

  /** Going live applies what was held. */
  setMode(mode: LabMode): void {
    this.#mode = mode;
    if (mode === 'live') {
      this.#release();
      this.#owner.heldBase.forget();
    } else if (this.#sent !== null) this.#owner.heldBase.keep(this.#sent);
  }

  /** Probes and counters are costly and only for eyes. */
  watchChanged(): void {
    this.#runner.send({ type: 'watch', counters: this.#owner.isWatched() });
  }

  /** Tells the agent something that nobody waits for; false when there is none. */
  tell(message: ToAgent): boolean {
    return this.#runner.send(message);
  }

  /**
   * Asks the agent, and waits for its answer.
   * @throws ProblemError 409 when the lab does not run or the agent refuses, 503 when the agent is lost
   */
  async ask<Request extends AgentRequest>(
    request: Request,
    options: RequestOptions = { timeoutMs: agentRequestMaxMs },
  ): Promise<AgentAnswer<Request['type']>> {
    const line = this.#line();
    return orProblem(line.request(request, options));
  }

  /** What `apply` would do. */
  async plan(): Promise<readonly Step[]> {
    return (await this.ask({ type: 'plan', diff: this.held })).steps;
  }

  /** Held edits are applied; without any, the kernel is brought back to the document. Resolves when it is done. */
  async apply(): Promise<void> {
    this.#line();
    if (this.#held.length === 0) {
      await this.repair(null);
      return;
    }
    const revision = this.#owner.document().revision;
    const done = new Promise<ProblemError | null>((resolve) => this.#waiters.push({ revision, done: resolve }));
    this.#release();
    const error = await done;
    if (error !== null) throw error;
  }

  async repair(items: readonly string[] | null): Promise<ApplyReport> {
    return (await this.ask({ type: 'repair', items }, { timeoutMs: null })).report;
  }

  /** `id` names the sweep for `cancel`. */
  async reach(id: string, family: 4 | 6, onProgress?: (done: number, total: number) => void): Promise<ReachReport> {
    this.#reaches.add(id);
    try {
      const tell: RequestOptions['onProgress'] = ({ done, total }) => onProgress?.(done, total);
      return (await this.ask({ type: 'reach', id, family }, { timeoutMs: agentRequestMaxMs, onProgress: tell })).report;
    } finally {
      this.#reaches.delete(id);
    }
  }

  /**
   * Gives up the sweeps whose ids begin with `prefix`. When there is none and `what` is anything, then the apply that is
   * under way: the agent knows it by the id `apply`.
   */
  cancel(prefix: string, what: 'sweeps' | 'anything'): void {
    const ids = [...this.#reaches].filter((id) => id.startsWith(prefix));
    if (ids.length === 0 && what === 'anything') ids.push('apply');
    for (const id of ids) this.#runner.send({ type: 'cancel', id });
  }

  #opening(): AppliedDocument {
    // Held edits stay held when an agent is replaced: the kernel gets what it had.
    if (this.#sent === null || this.#mode === 'live') {
      this.#sent = this.#owner.document();
      this.#held = [];
      if (this.#mode === 'held') this.#owner.heldBase.keep(this.#sent);
    }
    return this.#sent;
  }

  #release(): void {
    const diff = this.held;
    if (diff === null) return;
    this.#held = [];
    this.#sent = this.#owner.document();
    if (this.#mode === 'held') this.#owner.heldBase.keep(this.#sent);
    // Without an agent nothing is lost: the next one opens the document that was sent last.
    this.#runner.send({ type: 'change', diff, revision: this.#sent.revision });
  }

  #takeState(message: StateMessage): void {
    if (message.type === 'applied') {
      const { revision, conflicts = [] } = message.report;
      this.#appliedRevision = revision;
      const [conflict] = conflicts;
      const refused = conflict === undefined ? null : new ProblemError(409, 'lab.refused', conflict.detail);
      this.#settle((waiter) => waiter.revision <= revision, refused);
    }
    this.#owner.onState(message);
  }

  #gone(): void {
    this.#appliedRevision = 0;
    const lost = new ProblemError(503, 'lab.agent-lost', 'The agent of the lab ended before it was done. Try again.');
    this.#settle(() => true, lost);
    this.#owner.onGone();
  }

  #settle(which: (waiter: Waiter) => boolean, error: ProblemError | null): void {
    const settled = this.#waiters.filter(which);
    this.#waiters = this.#waiters.filter((waiter) => !which(waiter));
    for (const waiter of settled) waiter.done(error);
  }

  #line(): AgentLine {
    const { line } = this.#runner;
    if (line !== null) return line;
    const detail = 'Only the kernel of a running lab can answer this. Start the lab first.';
    throw new ProblemError(409, 'lab.not-running', detail);
  }
}
