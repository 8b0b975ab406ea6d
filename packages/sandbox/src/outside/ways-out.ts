import type { OutsideNews, OutsideOrder } from '@vethlab/protocol';
import type { Identity } from '../identity/identity.js';
import type { AgentFiles } from '../identity/readable-agent.js';
import type { ConnectGuard } from './connection.js';
import { WayOut, type WayOutStart } from './way-out.js';
import type { GuardPlace } from './way-out-commands.js';

/** More than a lab has internet nodes. Each is a process of the machine, outside of what limits the sandbox. */
const mostAtATime = 256;

type WayOutOrder = Exclude<OutsideOrder, { readonly type: 'publish' }>;
type Start = Extract<OutsideOrder, { readonly type: 'way-out-start' }>;

export interface WaysOutOptions {
  /** Under which uid they run; null: ours. */
  readonly identity: Identity | null;
  /** The agent's program, where that uid can read it. */
  readonly agent: AgentFiles;
  /** By which their processes are known, on the host. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Where the namespace of this name is; null: the lab is gone. */
  readonly placeOf: (namespace: string) => Promise<GuardPlace | null>;
  readonly tell: (news: OutsideNews) => void;
  /** What joins guards to the machine where that is not pasta; absent: it always is. */
  readonly connectGuard?: ConnectGuard;
  /** Whoever keeps a log is told why it is pasta all the same. */
  readonly log?: (what: string) => void;
}

/** The ways out of one lab: at most one for each of its namespaces. They end with us. */
export class WaysOut {
  readonly #options: WaysOutOptions;
  readonly #running = new Map<string, WayOut>();
  /** Orders are carried out one after another: what is started twice runs once. */
  #last: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(options: WaysOutOptions) {
    this.#options = options;
  }

  take(order: WayOutOrder): void {
    const done = () => (order.type === 'way-out-start' ? this.#start(order) : this.#end(order.key));
    // Whatever goes wrong with one order, the next ones are carried out.
    this.#last = this.#last.then(done).catch((error: unknown) => {
      if (order.type === 'way-out-start')
        this.#options.tell({ type: 'way-out-started', key: order.key, problem: String(error) });
    });
  }

  /** Ends all of them, for good: none is started any more. */
  async endAll(): Promise<void> {
    this.#closed = true;
    await this.#last;
    await Promise.all([...this.#running.keys()].map((key) => this.#end(key)));
  }

  async #start({ key, type: _, ...wish }: Start): Promise<void> {
    await this.#end(key);
    const { tell } = this.#options;
    const started = await this.#launch(wish);
    if (typeof started === 'string') {
      tell({ type: 'way-out-started', key, problem: started });
      return;
    }
    this.#running.set(key, started);
    tell({ type: 'way-out-started', key, problem: null });
    void started.ended.then((reason) => {
      if (this.#running.get(key) === started) this.#running.delete(key);
      tell({ type: 'way-out-ended', key, reason });
    });
  }

  async #launch(wish: Omit<Start, 'key' | 'type'>): Promise<WayOut | string> {
    if (this.#running.size >= mostAtATime) return `A lab may have at most ${mostAtATime} ways out at a time.`;
    const { placeOf, connectGuard, log = () => undefined, tell: _, ...options } = this.#options;
    const place = this.#closed ? null : await placeOf(wish.namespace);
    if (place === null) return 'The lab is gone.';
    const all = { ...options, wish, place };
    const connection = connectGuard?.(wish) ?? '';
    if (typeof connection !== 'string') {
      const started = await WayOut.start(all, connection);
      if (typeof started !== 'string') return started;
      return this.#byPasta(all, started, log);
    }
    return this.#byPasta(all, connection, log);
  }

  /** `why`: what else was tried, or would have been better; empty: nothing. */
  async #byPasta(options: WayOutStart, why: string, log: (what: string) => void): Promise<WayOut | string> {
    if (why !== '') log(`The way out of ${options.wish.namespace} is made by pasta. ${why}`);
    const started = await WayOut.start(options, null);
    return typeof started === 'string' ? `${why} ${started}`.trim() : started;
  }

  async #end(key: string): Promise<void> {
    const running = this.#running.get(key);
    this.#running.delete(key);
    await running?.end();
  }
}
