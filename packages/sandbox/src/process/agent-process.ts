import { randomUUID } from 'node:crypto';
import type { FromAgent, OutsideOrder, ToAgent } from '@vethlab/protocol';
import { SandboxError } from '../sandbox-error.js';
import type { AgentExit } from './agent-exit.js';
import type { AgentAnswer, AgentRequest, RequestOptions } from './agent-request.js';
import { PendingRequests } from './pending-requests.js';

/** How long an agent may take to answer, when the caller does not say. */
const defaultRequestTimeoutMs = 30_000;

/** Messages kept until somebody listens: what an agent says in its first moments. */
const maxEarlyMessages = 1_000;

/** What carries messages to an agent: the IPC channel of a child process, or a socket. */
export interface AgentWire {
  readonly connected: boolean;
  readonly send: (message: ToAgent, sent: (error: Error | null) => void) => unknown;
}

/** An agent, in its sandbox or on the host, and the line to it. Made by `startAgent` and `startHostAgent`. */
export class AgentProcess {
  /** The pid of the `unshare` process, whose end is the end of the whole sandbox; on the host, of the agent itself. */
  readonly pid: number;
  /** What the agent said when it was ready. */
  readonly ready: Extract<FromAgent, { readonly type: 'ready' }>;
  /** Lets go of an agent that outlives us, so that the next server finds it; null: it ends with us. */
  readonly leave: (() => Promise<void>) | null;
  /** Decides what the agent gets outside of its sandbox; what is refused does not happen. By default: what it asks for. */
  allowsOutside: (order: OutsideOrder) => boolean = () => true;
  readonly #child: AgentWire;
  readonly #pending = new PendingRequests();
  readonly #messageListeners = new Set<(message: FromAgent) => void>();
  readonly #exitListeners = new Set<(exit: AgentExit) => void>();
  readonly #end: (signal: 'SIGKILL') => Promise<void>;
  /** Null once somebody listens. */
  #early: FromAgent[] | null = [];
  #exit: AgentExit | null = null;

  constructor(options: {
    readonly child: AgentWire;
    readonly pid: number;
    readonly ready: Extract<FromAgent, { readonly type: 'ready' }>;
    /** Ends the sandbox; resolves when nothing of it is left. */
    readonly end: (signal: 'SIGKILL') => Promise<void>;
    readonly leave?: () => Promise<void>;
  }) {
    this.#child = options.child;
    this.pid = options.pid;
    this.ready = options.ready;
    this.#end = options.end;
    this.leave = options.leave ?? null;
  }

  /** Whether the agent is there to be talked to. */
  get alive(): boolean {
    return this.#exit === null && this.#child.connected;
  }

  /** Sends a message. False when the agent is gone; `onExit` says why. */
  send(message: ToAgent): boolean {
    if (!this.alive) return false;
    // The callback keeps a channel that breaks under our hands from becoming an exception: the end is told through onExit.
    this.#child.send(message, () => undefined);
    return true;
  }

  /**
   * Calls `listener` with every message of the agent after `ready`, answers to requests included; the first listener gets at once what came before
   * it. Returns the way to stop it.
   */
  onMessage(listener: (message: FromAgent) => void): () => void {
    this.#messageListeners.add(listener);
    const early = this.#early ?? [];
    this.#early = null;
    for (const message of early) listener(message);
    return () => this.#messageListeners.delete(listener);
  }

  /**
   * Sends a request and waits for its answer.
   * @throws AgentRefusal when the agent will not do it
   * @throws SandboxError `sandbox.agent-timeout`, or `sandbox.agent-failed` when the agent ends before it answers
   */
  async request<T extends AgentRequest>(message: T, options: RequestOptions = {}): Promise<AgentAnswer<T['type']>> {
    const id = message.id ?? randomUUID();
    const timeoutMs = options.timeoutMs === undefined ? defaultRequestTimeoutMs : options.timeoutMs;
    const answer = this.#pending.wait(id, message.type, timeoutMs, options.onProgress);
    if (!this.send({ ...message, id } as ToAgent)) this.#pending.failAll(this.#gone());
    // The id ties the answer to the request, and the agent answers each request with its own type.
    return (await answer) as AgentAnswer<T['type']>;
  }

  /** Calls `listener` once, when the agent has ended for whatever reason; at once if it has already. Returns the way to stop it. */
  onExit(listener: (exit: AgentExit) => void): () => void {
    if (this.#exit !== null) {
      const exit = this.#exit;
      queueMicrotask(() => listener(exit));
      return () => undefined;
    }
    this.#exitListeners.add(listener);
    return () => this.#exitListeners.delete(listener);
  }

  /**
   * Ends the sandbox with all that is in it: processes, namespaces, mounts. Resolves when its processes are gone. May be called again.
   * @throws SandboxError `host.not-ours`, on the host, when something in the lab's namespaces is not the lab's: nothing was done then
   */
  kill(): Promise<void> {
    return this.#end('SIGKILL');
  }

  /** For `startAgent`: a message came in. */
  deliver(message: FromAgent): void {
    this.#pending.take(message);
    if (this.#early !== null && this.#early.length < maxEarlyMessages) this.#early.push(message);
    for (const listener of [...this.#messageListeners]) listener(message);
  }

  /** For `startAgent`: the agent has ended. */
  ended(exit: AgentExit): void {
    this.#exit = exit;
    this.#pending.failAll(this.#gone());
    for (const listener of [...this.#exitListeners]) listener(exit);
    this.#exitListeners.clear();
  }

  #gone(): SandboxError {
    return new SandboxError({
      code: 'sandbox.agent-failed',
      reason: this.#exit?.reason ?? "The lab's agent closed its line.",
      remedy: 'Start the lab again.',
    });
  }
}
