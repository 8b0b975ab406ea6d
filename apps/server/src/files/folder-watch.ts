import { type FSWatcher, watch } from 'node:fs';
import { watchDelayMs, watchPollMs } from '../limits.js';

/**
 * Calls `look` a moment after something changed in a folder. Events only say "look again": which files changed is found
 * by reading the folder. Where the system gives no events, the folder is looked at regularly.
 */
export class FolderWatch {
  readonly #folder: string;
  readonly #look: () => Promise<void>;
  readonly #onFault: (error: unknown) => void;
  #watcher: FSWatcher | null = null;
  #timer: NodeJS.Timeout | null = null;
  #poll: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #again = false;
  #closed = false;

  constructor(folder: string, look: () => Promise<void>, onFault: (error: unknown) => void) {
    this.#folder = folder;
    this.#look = look;
    this.#onFault = onFault;
  }

  start(): void {
    try {
      this.#watcher = watch(this.#folder, () => this.lookSoon(watchDelayMs));
      this.#watcher.on('error', (error) => this.#pollInstead(error));
    } catch (error) {
      this.#pollInstead(error);
    }
  }

  lookSoon(delayMs: number): void {
    if (this.#timer !== null || this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.#lookOnce();
    }, delayMs);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#watcher?.close();
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#poll !== null) clearInterval(this.#poll);
    await this.#looking;
  }

  #pollInstead(reason: unknown): void {
    this.#onFault(reason);
    this.#watcher?.close();
    this.#watcher = null;
    this.#poll ??= setInterval(() => this.lookSoon(0), watchPollMs);
  }

  async #lookOnce(): Promise<void> {
    if (this.#looking !== null) {
      this.#again = true;
      return;
    }
    this.#looking = this.#look().catch(this.#onFault);
    await this.#looking;
    this.#looking = null;
    if (this.#again) {
      this.#again = false;
      this.lookSoon(0);
    }
  }
}
