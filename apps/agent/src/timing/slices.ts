/** Longest stretch of synchronous kernel work between two turns of the event loop: far under the 25 ms the product promises. */
const sliceMs = 8;

/** Gives the event loop a turn whenever the current stretch of work has lasted `sliceMs`. */
export class Slices {
  #startedAt = performance.now();

  /** Await this between units of work; it resolves at once while the slice lasts. */
  turn(): Promise<void> | undefined {
    if (performance.now() - this.#startedAt < sliceMs) return undefined;
    return new Promise((resolve) => {
      setImmediate(() => {
        this.#startedAt = performance.now();
        resolve();
      });
    });
  }
}
