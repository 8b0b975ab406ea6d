/** Longest stretch of synchronous kernel work between two turns of the event loop: far under the 25 ms the product promises. */
const sliceMs = 6;

/** Gives the event loop a turn whenever the current stretch of work has lasted `sliceMs`. */
export class Slices {
  #startedAt = performance.now();

  /** Whether the current stretch has lasted long enough. */
  get over(): boolean {
    return performance.now() - this.#startedAt >= sliceMs;
  }

  /** Await this between units of work; it resolves at once while the slice lasts. */
  turn(): Promise<void> | undefined {
    return this.over ? this.nextTurn() : undefined;
  }

  /** The same, whatever the slice has lasted. */
  nextTurn(): Promise<void> {
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#startedAt = performance.now();
        resolve();
      });
    });
  }
}
