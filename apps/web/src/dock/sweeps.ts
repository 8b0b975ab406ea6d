import type { ReachReport } from '@vethlab/protocol';
import { createStore, type StoreApi } from 'zustand/vanilla';
import { readable } from '../connection';

export interface ReachState {
  readonly family: 4 | 6;
  /** The last whole matrix of each family. */
  readonly reports: ReadonlyMap<4 | 6, ReachReport>;
  readonly running: { readonly done: number; readonly total: number } | null;
  readonly problem: string | null;
  /** The last sweep was given up: what is shown is the one before it. */
  readonly cancelled: boolean;
  /** Ask again after every change of the kernel. */
  readonly follow: boolean;
}

/** Who does the pinging. */
export interface Sweeper {
  /** Rejects with what a person can read (`RequestFailed`). A sweep that is cancelled still resolves, with what it has. */
  reach(family: 4 | 6, onProgress: (done: number, total: number) => void): Promise<ReachReport>;
  cancelReach(): void;
}

const initial: ReachState = {
  family: 4,
  reports: new Map(),
  running: null,
  problem: null,
  cancelled: false,
  follow: true,
};

/**
 * Sweeps of one lab, one at a time. A wish that comes while one is under way is not lost: it is met by one more sweep
 * afterwards, for the one that runs may have pinged before the change that the wish is about.
 */
export class Sweeps {
  readonly store: StoreApi<ReachState> = createStore(() => initial);
  readonly #sweeper: Sweeper;
  #again = false;
  #givenUp = false;
  /** Tells a sweep of the lab before from one of this lab. */
  #era = 0;

  constructor(sweeper: Sweeper) {
    this.#sweeper = sweeper;
  }

  /** Another lab was opened: what was known is of no use, and what is under way belongs to nobody. */
  reset(): void {
    this.#era += 1;
    this.#again = false;
    this.#givenUp = false;
    this.store.setState(initial);
  }

  /** Pings every host from every host, once. */
  async check(): Promise<void> {
    const { running, family } = this.store.getState();
    if (running !== null) {
      this.#again = true;
      return;
    }
    const era = this.#era;
    this.#givenUp = false;
    this.store.setState({ running: { done: 0, total: 0 }, problem: null, cancelled: false });
    const ended = await this.#sweep(family, era);
    if (era !== this.#era) return;
    this.store.setState((state) => ({ ...ended(state), running: null }));
    if (!this.#again) return;
    this.#again = false;
    await this.check();
  }

  /** Gives up the sweep that runs, and what was to follow it. */
  cancel(): void {
    // Nothing to cancel: over the stream the same word would stop an apply.
    if (this.store.getState().running === null) return;
    this.#again = false;
    this.#givenUp = true;
    this.#sweeper.cancelReach();
  }

  async #sweep(family: 4 | 6, era: number): Promise<(state: ReachState) => Partial<ReachState>> {
    try {
      const report = await this.#sweeper.reach(family, (done, total) => {
        if (era === this.#era) this.store.setState({ running: { done, total } });
      });
      // Pairs that were not asked any more read like pairs that did not answer: that is no matrix to show.
      if (this.#givenUp) return () => ({ cancelled: true });
      return (state) => ({ reports: new Map(state.reports).set(family, report) });
    } catch (error) {
      const problem = readable(error);
      return () => ({ problem });
    }
  }
}
