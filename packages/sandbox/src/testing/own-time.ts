/** How often a condition is looked at again. */
const pollMs = 10;
/** Who is under test may be the one who takes the time: it does not get more than this of it. */
const mostTimes = 10;

/**
 * A deadline in the time that this process was given. What the product promises holds for a machine that has time for it; `npm test` runs
 * several parts at once, on machines of any speed, so what others took of it is not counted.
 */
export class OwnDeadline {
  readonly #latestMs: number;
  #endsAtMs: number;

  constructor(ms: number) {
    this.#endsAtMs = performance.now() + ms;
    this.#latestMs = performance.now() + mostTimes * ms;
  }

  get isOver(): boolean {
    return performance.now() > Math.min(this.#endsAtMs, this.#latestMs);
  }

  /** Waits a moment before one looks again. A timer that comes late was held up by others. */
  async pause(): Promise<void> {
    const dueMs = performance.now() + pollMs;
    await new Promise((then) => setTimeout(then, pollMs));
    this.#endsAtMs += Math.max(0, performance.now() - dueMs);
  }
}

interface Stall {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Notes when this process stood still because the machine had no time for it: a yardstick for what ran beside it. */
export class Stalls {
  readonly #stalls: Stall[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    this.#look();
  }

  /** The longest time between two of these moments (ms since the epoch, in order) in which this process was not held up itself. */
  longestGapMs(momentsMs: readonly number[]): number {
    const gaps = momentsMs.slice(1).map((toMs, index) => this.#gapMs(momentsMs[index] ?? toMs, toMs));
    return Math.max(0, ...gaps);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #gapMs(fromMs: number, toMs: number): number {
    const stalledMs = this.#stalls.map((stall) => Math.min(stall.toMs, toMs) - Math.max(stall.fromMs, fromMs));
    return stalledMs.reduce((left, ms) => left - Math.max(0, ms), toMs - fromMs);
  }

  #look(): void {
    const dueMs = Date.now() + pollMs;
    this.#timer = setTimeout(() => {
      const now = Date.now();
      if (now > dueMs) this.#stalls.push({ fromMs: dueMs, toMs: now });
      this.#look();
    }, pollMs);
    this.#timer.unref();
  }
}
