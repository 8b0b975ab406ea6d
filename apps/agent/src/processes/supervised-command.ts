import type { CommandLog, CommandState, CommandStatus } from '@vethlab/protocol';
import { type Command, commandKey } from '@vethlab/topology';
import { giveWay } from '../memory/give-way.js';
import { argumentsOf, launchIn, problemOfVrf } from './launch-in.js';
import { LogRing } from './log-ring.js';
import { ProcessGroup } from './process-group.js';
import { RestartDelay } from './restart-delay.js';
import type { SupervisedOptions } from './supervised-options.js';

const notAllowed = 'Nobody has agreed yet that this command may run. Look at it, and allow it.';

/**
 * One command of the running lab. `settle` brings it to what is wanted, whenever something may have changed; the rest
 * is what people ask for and what the program does by itself.
 */
export class SupervisedCommand {
  readonly #options: SupervisedOptions;
  readonly #log = new LogRing();
  readonly #delay = new RestartDelay();
  #node: string;
  #name: string;
  #command: Command;
  #state: CommandState = { state: 'idle' };
  /** What was started last, as long as some of it may be there. */
  #group: ProcessGroup | null = null;
  #leaderRuns = false;
  #startedAt = 0;
  /** Inode of the namespace that it was started in, by whomever. */
  #home: number | null = null;
  #restarts = 0;
  #stoppedByHand = false;
  #timer: NodeJS.Timeout | null = null;
  /** Stops and starts come one after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  /** It could not be started for want of its VRF: it is once that is there. */
  #lacksVrf = false;
  #isRemoved = false;
  #isReplacing = false;

  constructor(node: string, name: string, command: Command, options: SupervisedOptions) {
    this.#node = node;
    this.#name = name;
    this.#command = command;
    this.#options = options;
  }

  get node(): string {
    return this.#node;
  }

  get name(): string {
    return this.#name;
  }

  get command(): Command {
    return this.#command;
  }

  /** Inode of the namespace that it was started in; null when it was not. */
  get home(): number | null {
    return this.#home;
  }

  /** Number of its process group; null when nothing of it is there. */
  get pgid(): number | null {
    return this.#group?.pgid ?? null;
  }

  get status(): CommandStatus {
    return {
      node: this.#node,
      name: this.#name,
      status: this.#state,
      restarts: this.#restarts,
      stoppedByHand: this.#stoppedByHand,
    };
  }

  readLog(from: number): CommandLog {
    return this.#log.read(from);
  }

  /** Tells in the log what happened to it. */
  say(text: string): void {
    this.#log.add(Buffer.from(`vethlab: ${text}\n`));
  }

  /** The node or the command has another name; what runs goes on. */
  rename(node: string, name: string): void {
    this.#node = node;
    this.#name = name;
  }

  /** Follows the document, the kernel and the consent. */
  settle(command: Command): void {
    const isOther = commandKey(command) !== commandKey(this.#command);
    this.#command = command;
    const home = this.#options.homeOf(this.#node);
    const hasMoved = this.#home !== null && this.#home !== (home?.inode ?? null);
    if (this.#isReplacing) return;
    if (isOther || hasMoved) {
      this.#replace(isOther && (this.#leaderRuns || this.#timer !== null));
      return;
    }
    if (this.#leaderRuns || this.#state.state === 'starting') return;
    if (!this.#options.isAllowed(command)) {
      this.#cancelRestart();
      if (this.#state.state === 'idle') this.#set({ state: 'waiting-for-consent' });
      return;
    }
    if (this.#state.state === 'waiting-for-consent') this.#set({ state: 'idle' });
    if (command.start !== 'with-lab' || this.#stoppedByHand || home === null) return;
    const isDue = this.#home === null || (this.#lacksVrf && problemOfVrf(home, command) === null);
    if (isDue) this.#begin();
  }

  /** @throws Error when it may not be started, or there is no namespace for it */
  async start(): Promise<void> {
    if (!this.#options.isAllowed(this.#command)) throw new Error(notAllowed);
    if (this.#options.homeOf(this.#node) === null) throw new Error(`${this.#node} is not in the kernel.`);
    this.#stoppedByHand = false;
    this.#restarts = 0;
    this.#delay.reset();
    this.#cancelRestart();
    await this.#alone(() => (this.#leaderRuns ? Promise.resolve() : this.#launch()));
  }

  /** By hand: no policy starts it again. Resolves when nothing of it is left. */
  async stop(): Promise<void> {
    this.#stoppedByHand = true;
    this.#cancelRestart();
    await this.#alone(() => this.#end());
    this.#options.onChanged(this);
  }

  async restart(): Promise<void> {
    if (!this.#options.isAllowed(this.#command)) throw new Error(notAllowed);
    this.#cancelRestart();
    await this.#alone(() => this.#end());
    await this.start();
  }

  /** It is not in the document any more. Resolves when nothing of it is left. */
  async remove(): Promise<void> {
    this.#isRemoved = true;
    this.#cancelRestart();
    await this.#alone(() => this.#end());
  }

  /** Another program, or another namespace: what runs is ended, and all is as if it had never been started. */
  #replace(startAgain: boolean): void {
    this.#cancelRestart();
    this.#isReplacing = true;
    void this.#alone(async () => {
      await this.#end();
      this.#home = null;
      this.#lacksVrf = false;
      this.#restarts = 0;
      this.#stoppedByHand = false;
      this.#delay.reset();
      this.#isReplacing = false;
      if (this.#isRemoved) return;
      this.#set({ state: 'idle' });
      const mayStart = this.#options.isAllowed(this.#command) && this.#options.homeOf(this.#node) !== null;
      if (startAgain && mayStart) this.#begin();
      else this.settle(this.#command);
    });
  }

  #begin(): void {
    this.#home = this.#options.homeOf(this.#node)?.inode ?? null;
    if (!this.#leaderRuns) this.#set({ state: 'starting' });
    this.#options.inTurn(() => this.#alone(() => this.#launch()));
  }

  async #launch(): Promise<void> {
    const home = this.#options.homeOf(this.#node);
    const isWanted = !this.#isRemoved && !this.#stoppedByHand && this.#options.isAllowed(this.#command);
    if (this.#leaderRuns) return;
    if (!isWanted || home === null) {
      if (this.#state.state === 'starting') this.#set({ state: 'idle' });
      return;
    }
    // What an earlier run left behind would hold its port.
    await this.#endGroup();
    const { gate, cwd, env } = this.#options;
    this.#home = home.inode;
    this.#startedAt = performance.now();
    const problem = problemOfVrf(home, this.#command);
    this.#lacksVrf = problem !== null;
    if (problem !== null) {
      this.#set({ state: 'failed', error: problem, atMs: Date.now() });
      return;
    }
    const run = argumentsOf(this.#command);
    let group: ProcessGroup | null = null;
    const onExit = (exitCode: number | null, signal: string | null) => this.#exited(group, exitCode, signal);
    const program = await launchIn(home, { run, cwd, env, onExit });
    if (typeof program === 'string') {
      this.#set({ state: 'failed', error: program, atMs: Date.now() });
      return;
    }
    group = new ProcessGroup(program.pid);
    this.#group = group;
    this.#leaderRuns = true;
    giveWay(program.pid, null);
    for (const output of program.outputs) gate.read(output, (chunk) => this.#log.add(chunk));
    this.#set({ state: 'running', pid: program.pid, sinceMs: Date.now() });
  }

  #exited(group: ProcessGroup | null, exitCode: number | null, signal: string | null): void {
    if (group !== this.#group || group === null) return;
    this.#leaderRuns = false;
    if (!group.signal(0)) this.#group = null;
    const isByItself = this.#state.state === 'running' && !this.#stoppedByHand && !this.#isRemoved;
    const delay = isByItself
      ? this.#delay.after(this.#command.restart, exitCode, performance.now() - this.#startedAt)
      : null;
    const atMs = Date.now();
    this.#set({ state: 'exited', exitCode, signal, atMs, restartAtMs: delay === null ? null : atMs + delay });
    if (delay === null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#restarts += 1;
      this.#begin();
    }, delay);
  }

  #cancelRestart(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#state.state === 'exited') this.#set({ ...this.#state, restartAtMs: null });
  }

  async #end(): Promise<void> {
    if (this.#leaderRuns && this.#group !== null) this.#set({ state: 'stopping', pid: this.#group.pgid });
    await this.#endGroup();
  }

  async #endGroup(): Promise<void> {
    const group = this.#group;
    if (group === null) return;
    await group.end();
    // The news of the program's end comes with a later turn of the event loop.
    while (this.#leaderRuns && this.#group === group) await new Promise((tick) => setTimeout(tick, 5));
    if (this.#group === group) this.#group = null;
  }

  #set(state: CommandState): void {
    this.#state = state;
    if (!this.#isRemoved) this.#options.onChanged(this);
  }

  #alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    // Whoever asked gets `turn` itself; the next in line does not care how this one went.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }
}
