import type { KernelFeature } from '@vethlab/observed';
import type {
  ApplyReport,
  CommandNews,
  FromAgent,
  LabId,
  LiveNews,
  OutsideOrder,
  Progress,
  RunState,
  TerminalNews,
  ToAgent,
} from '@vethlab/protocol';
import { SandboxError } from '@vethlab/sandbox';
import type { Topology } from '@vethlab/topology';
import type { Logger } from 'pino';
import type { StateMessage } from '../labs/lab-mirror.js';
import { agentDeathsMax, agentDeathsWindowMs, agentRestartDelaysMs } from '../limits.js';
import { AgentInbox } from './agent-inbox.js';
import type { AgentLine, AgentStarter } from './agent-starter.js';

/** What a lab tells its runner and hears from it. */
export interface RunnerOwner {
  /** The document to begin with, whenever an agent is started. */
  readonly opening: () => { readonly topology: Topology; readonly revision: number };
  readonly isWatched: () => boolean;
  /** Whether the document that the kernel was asked to be like says so. */
  readonly allowsOutside: (order: OutsideOrder) => boolean;
  readonly onRun: (run: RunState, progress: Progress | null) => void;
  readonly onState: (message: StateMessage) => void;
  /** A new agent takes messages: what was told to the one before has to be told again. */
  readonly onReady: () => void;
  readonly onLive: (news: LiveNews) => void;
  readonly onTerminal: (news: TerminalNews) => void;
  readonly onCommands: (news: CommandNews) => void;
  /** The sandbox is gone, with everything in it. */
  readonly onGone: () => void;
}

/** Accidents that a new agent may not have; anything else is the machine's, and trying again would not help. */
const passingFaults = new Set(['sandbox.agent-failed', 'sandbox.agent-timeout']);

/** Said by an agent on the host when somebody took its lab down on purpose, with `vethlab down`. */
const takenDownCode = 'host.taken-down';

/** Keeps one agent running for a lab that is wanted, and says what is going on when it cannot. */
export class LabRunner {
  readonly #owner: RunnerOwner;
  readonly #startAgent: AgentStarter;
  readonly #lab: LabId;
  readonly #log: Logger;
  #run: RunState = { state: 'stopped' };
  #progress: Progress | null = null;
  #wanted = false;
  #line: AgentLine | null = null;
  #launching: Promise<void> | null = null;
  #timer: NodeJS.Timeout | null = null;
  /** When agents died lately, on the monotonic clock. */
  #deaths: number[] = [];

  constructor(owner: RunnerOwner, startAgent: AgentStarter, lab: LabId, log: Logger) {
    this.#owner = owner;
    this.#startAgent = startAgent;
    this.#lab = lab;
    this.#log = log;
  }

  get run(): RunState {
    return this.#run;
  }

  get progress(): Progress | null {
    return this.#progress;
  }

  /** Whether it shall run: also true while it is failing. Remembered over a restart of the server. */
  get wanted(): boolean {
    return this.#wanted;
  }

  /** The agent, when there is one to talk to. */
  get line(): AgentLine | null {
    return this.#line;
  }

  /** Makes the lab real. Returns at once; the run state follows. Nothing happens when it is already running. */
  start(): void {
    if (this.#wanted && this.#run.state !== 'failed') return;
    this.#wanted = true;
    this.#deaths = [];
    this.#set({ state: 'starting' });
    this.#launch();
  }

  /**
   * Resolves when nothing of the lab is left in the kernel.
   * @throws SandboxError `host.not-ours`: on the host something in it is not the lab's, and it runs on as it was
   */
  async stop(): Promise<void> {
    const wasWanted = this.#wanted;
    this.#wanted = false;
    this.#forgetRestart();
    await this.#launching;
    const line = this.#line;
    this.#line = null;
    try {
      if (line !== null) await line.kill();
      else await this.#startAgent.takeDown?.(this.#lab);
    } catch (error) {
      this.#wanted ||= wasWanted;
      this.#line ??= line;
      throw error;
    }
    // Somebody may have started it again while its sandbox was being taken down.
    if (this.#wanted) return;
    this.#owner.onGone();
    this.#set({ state: 'stopped' });
  }

  /** The server ends. A sandbox ends with it; on the host the lab runs on, for the next server. */
  async close(): Promise<void> {
    if (this.#startAgent.takeDown === undefined) {
      await this.stop();
      return;
    }
    this.#forgetRestart();
    await this.#launching;
    const line = this.#line;
    this.#line = null;
    await line?.leave?.();
  }

  send(message: ToAgent): boolean {
    return this.#line?.send(message) ?? false;
  }

  #forgetRestart(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #launch(): void {
    if (this.#launching !== null) {
      // Started again while the start before is still under way: look again once that is over.
      void this.#launching.then(() => this.#wanted && this.#line === null && this.#launch());
      return;
    }
    this.#launching = this.#startAgent((line) => this.#log.info({ line }, 'agent printed'), this.#lab)
      .then((line) => this.#ready(line))
      .catch((error: unknown) => this.#notStarted(error))
      .finally(() => {
        this.#launching = null;
      });
  }

  async #ready(line: AgentLine): Promise<void> {
    if (!this.#wanted) {
      await line.kill();
      return;
    }
    this.#line = line;
    line.allowsOutside = (order) => this.#owner.allowsOutside(order);
    const inbox = new AgentInbox({
      take: (message) => this.#take(message),
      notUnderstood: (type, issues) =>
        this.#log.warn({ type, issues: issues.slice(0, 3) }, 'message of the agent not understood'),
    });
    line.onMessage((message) => inbox.add(message));
    line.onExit((exit) => {
      inbox.close();
      if (this.#line !== line) return;
      this.#line = null;
      this.#died(exit.fatal, exit.reason);
    });
    line.send({ type: 'open', ...this.#owner.opening() });
    line.send({ type: 'watch', counters: this.#owner.isWatched() });
    this.#owner.onReady();
  }

  #notStarted(error: unknown): void {
    if (!this.#wanted) return;
    if (error instanceof SandboxError && !passingFaults.has(error.code)) {
      this.#fail(error.code, error.reason, error.remedy);
      return;
    }
    this.#died(null, error instanceof SandboxError ? error.reason : String(error));
  }

  #died(fatal: Extract<FromAgent, { type: 'fatal' }> | null, reason: string): void {
    if (!this.#wanted) return;
    this.#owner.onGone();
    if (fatal?.code === takenDownCode) {
      this.#wanted = false;
      this.#set({ state: 'stopped' });
      return;
    }
    if (fatal !== null) {
      this.#fail(fatal.code, fatal.reason, fatal.remedy);
      return;
    }
    const now = performance.now();
    this.#deaths = [...this.#deaths.filter((death) => now - death < agentDeathsWindowMs), now];
    this.#log.warn({ reason, deaths: this.#deaths.length }, 'agent died');
    if (this.#deaths.length >= agentDeathsMax) {
      this.#fail(
        'lab.agent-keeps-dying',
        `${reason} It was started ${this.#deaths.length} times within a minute.`,
        "Undo the last change, or look at the server's log; then start the lab again.",
      );
      return;
    }
    this.#set({ state: 'restarting', reason });
    const delay =
      agentRestartDelaysMs[this.#deaths.length - 1] ?? agentRestartDelaysMs[agentRestartDelaysMs.length - 1];
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#launch();
    }, delay);
  }

  #fail(code: string, reason: string, remedy: string, conflicts: ApplyReport['conflicts'] = []): void {
    this.#log.error({ code, reason, remedy }, 'lab failed');
    this.#set({ state: 'failed', code, reason, remedy, ...(conflicts.length === 0 ? {} : { conflicts }) });
  }

  #take(message: FromAgent): void {
    switch (message.type) {
      case 'progress':
        this.#progress = message.progress;
        this.#owner.onRun(this.#run, this.#progress);
        return;
      case 'log':
        this.#log[message.level]({ data: message.data }, message.message);
        return;
      case 'applied':
        if (this.#run.state !== 'running' && this.#refused(message.report)) return;
        this.#owner.onState(message);
        if (this.#run.state !== 'running') this.#set({ state: 'running' });
        return;
      case 'features':
        this.#tellMissing(message.features);
        this.#owner.onState(message);
        return;
      case 'observed':
      case 'drift':
      case 'probes':
      case 'rates':
        this.#owner.onState(message);
        return;
      case 'live':
        this.#owner.onLive(message);
        return;
      case 'terminal-output':
      case 'terminal-taken':
      case 'terminal-renamed':
      case 'terminal-exited':
        this.#owner.onTerminal(message);
        return;
      case 'commands':
        this.#owner.onCommands(message);
        return;
      default:
        // Answers reach those who asked; `ready` and `fatal` are told by the sandbox.
        return;
    }
  }

  /** A lab that could not be begun, because names in it are somebody else's on this machine: nothing was run. */
  #refused({ conflicts = [] }: ApplyReport): boolean {
    const [first] = conflicts;
    if (first === undefined) return false;
    const line = this.#line;
    this.#line = null;
    this.#owner.onGone();
    line?.leave?.().catch((error: unknown) => this.#log.error({ err: error }, 'agent not let go of'));
    const more = conflicts.length === 1 ? '' : ` There are ${conflicts.length - 1} more such names.`;
    this.#fail(first.code, `${first.detail}${more}`, 'Then start the lab again.', conflicts);
    return true;
  }

  #tellMissing(features: readonly KernelFeature[]): void {
    const missing = features.filter(({ available }) => !available).map(({ name }) => name);
    if (missing.length > 0) this.#log.info({ missing }, 'the kernel lacks features');
  }

  #set(run: RunState): void {
    this.#run = run;
    if (run.state !== 'running' && run.state !== 'starting') this.#progress = null;
    this.#owner.onRun(run, this.#progress);
  }
}
