import type { FromAgent, ToAgent } from '@vethlab/protocol';

/** The type of the answer to each request that has one. */
interface AnswerTypes {
  readonly plan: 'plan';
  readonly repair: 'repaired';
  readonly reach: 'reach';
  readonly look: 'looked';
  readonly 'terminal-open': 'terminal-opened';
  readonly 'command-act': 'command-acted';
  readonly 'command-log': 'command-log-read';
  readonly processes: 'processes-listed';
  readonly 'process-signal': 'process-signalled';
  readonly exec: 'exited';
  readonly 'take-down': 'taken-down';
  readonly 'adopt-namespaces': 'namespaces-adopted';
  readonly 'run-script': 'script-ran';
  readonly teardown: 'torn-down';
  readonly figures: 'figures';
}

type Answerable = Extract<ToAgent, { readonly type: keyof AnswerTypes }>;
type WithoutId<M> = M extends unknown ? Omit<M, 'id'> : never;

/** A message to the agent that gets an answer. Its id may be given (to cancel it later); otherwise one is made. */
export type AgentRequest = WithoutId<Answerable> & { readonly id?: string };

/** The answer to a request of type `T`. */
export type AgentAnswer<T extends keyof AnswerTypes> = Extract<FromAgent, { readonly type: AnswerTypes[T] }>;

/** What an agent says about a request that is not done yet. */
export type RequestProgress = Extract<FromAgent, { readonly type: 'reach-progress' }>;

export interface RequestOptions {
  /** How long to wait for the answer; null for as long as the agent lives. */
  readonly timeoutMs?: number | null;
  readonly onProgress?: (progress: RequestProgress) => void;
}

/** The agent understood a request and will not carry it out. */
export class AgentRefusal extends Error {
  override readonly name = 'AgentRefusal';
  readonly code: string;
  readonly detail: string;

  constructor(code: string, detail: string) {
    super(detail);
    this.code = code;
    this.detail = detail;
  }
}
