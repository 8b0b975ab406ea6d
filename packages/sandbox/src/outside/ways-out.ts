import type { WayOutPlace } from '@vethlab/planner';
import type { OutsideNews, OutsideOrder } from '@vethlab/protocol';
import type { Identity } from '../identity/identity.js';
import { WayOut } from './way-out.js';

type WayOutOrder = Exclude<OutsideOrder, { readonly type: 'publish' }>;
type Start = Extract<OutsideOrder, { readonly type: 'way-out-start' }>;

export interface WaysOutOptions {
  /** Under which uid they run; null: ours. */
  readonly identity: Identity | null;
  /** Where the namespace of this name is; null: the lab is gone. */
  readonly placeOf: (namespace: string) => Promise<WayOutPlace | null>;
  readonly tell: (news: OutsideNews) => void;
}

/** The ways out of one lab: at most one for each of its namespaces. They end with us. */
export class WaysOut {
  readonly #options: WaysOutOptions;
  readonly #running = new Map<string, WayOut>();
  /** Orders are carried out one after another: what is started twice runs once. */
  #last: Promise<void> = Promise.resolve();

  constructor(options: WaysOutOptions) {
    this.#options = options;
  }

  take(order: WayOutOrder): void {
    this.#last = this.#last.then(() => (order.type === 'way-out-start' ? this.#start(order) : this.#end(order.key)));
  }

  /** Ends all of them. */
  async endAll(): Promise<void> {
    await this.#last;
    await Promise.all([...this.#running.keys()].map((key) => this.#end(key)));
  }

  async #start({ key, ...wish }: Start): Promise<void> {
    await this.#end(key);
    const { identity, placeOf, tell } = this.#options;
    const place = await placeOf(wish.namespace);
    const started = place === null ? 'The lab is gone.' : await WayOut.start({ wish, place, identity });
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

  async #end(key: string): Promise<void> {
    const running = this.#running.get(key);
    this.#running.delete(key);
    await running?.end();
  }
}
