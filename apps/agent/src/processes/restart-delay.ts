import type { CommandRestart } from '@vethlab/topology';

/** From the first end to the next start; each time twice as long. */
const firstDelayMs = 500;
/** No longer than this: somebody who mended what was wrong does not want to wait. */
const longestDelayMs = 30_000;
/** Whoever ran for so long was well: the next delay is the first again. */
const wellMs = 10_000;

/** When a command that ended by itself is started again. */
export class RestartDelay {
  #next = firstDelayMs;

  /** Milliseconds to wait; null: it is not started again. `ranMs`: how long it ran. */
  after(policy: CommandRestart, exitCode: number | null, ranMs: number): number | null {
    if (policy === 'never' || (policy === 'on-failure' && exitCode === 0)) return null;
    if (ranMs >= wellMs) this.reset();
    const delay = this.#next;
    this.#next = Math.min(longestDelayMs, this.#next * 2);
    return delay;
  }

  reset(): void {
    this.#next = firstDelayMs;
  }
}
