import { saveDelayMaxMs, saveDelayMs, saveRestFactor, saveRetryMaxMs, saveRetryMs } from '../limits.js';

/**
 * When to save: a moment after the last change, one save at a time, again after a failure with growing waits. What saving
 * means is the caller's: `save` writes the newest document and throws the reason when it cannot.
 */
export class LabSaver {
  readonly #save: () => Promise<void>;
  readonly #onResult: (error: unknown) => void;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #dirty = false;
  #retryMs = saveRetryMs;
  /** Wait before the next save. */
  #delayMs = saveDelayMs;
  #stopped = false;

  /** `onResult` gets null after a save, and the error after a failure. */
  constructor(save: () => Promise<void>, onResult: (error: unknown) => void) {
    this.#save = save;
    this.#onResult = onResult;
  }

  get dirty(): boolean {
    return this.#dirty || this.#running !== null;
  }

  changed(): void {
    this.#dirty = true;
    this.#schedule(this.#delayMs);
  }

  /** Saves now what is not saved, and resolves when it is tried. For shutting down, and before the file is handed on. */
  async flush(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
    if (this.#dirty) await this.#run();
  }

  /** Nothing is written any more: the lab was deleted. Resolves when a save that was under way is over. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#dirty = false;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#running;
  }

  #schedule(delayMs: number): void {
    if (this.#timer !== null || this.#running !== null || this.#stopped) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#run();
    }, delayMs);
  }

  #run(): Promise<void> {
    this.#dirty = false;
    const started = performance.now();
    this.#running = this.#save().then(
      () => {
        // A large lab takes long to write: it is written less often, so that writing never takes more than a small part of the machine.
        const tookMs = performance.now() - started;
        this.#delayMs = Math.min(Math.max(saveDelayMs, tookMs * saveRestFactor), saveDelayMaxMs);
        this.#finished(null);
      },
      (error: unknown) => this.#finished(error ?? new Error('unknown')),
    );
    return this.#running;
  }

  #finished(error: unknown): void {
    this.#running = null;
    this.#onResult(error);
    if (error === null) {
      this.#retryMs = saveRetryMs;
      if (this.#dirty) this.#schedule(this.#delayMs);
      return;
    }
    this.#dirty = true;
    this.#schedule(this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, saveRetryMaxMs);
  }
}
