import { writeSync } from 'node:fs';

/** How soon a terminal that takes nothing is tried again; doubled up to the maximum, while its program does not read. */
const retryMs = 4;
const retryMaxMs = 128;

/** What a queue writes to. */
export interface InputTarget {
  /** The terminal's master side, in non-blocking mode. */
  readonly fd: number;
  /** The file is closed: its number may be another file's by now. */
  readonly closed: () => boolean;
}

/**
 * Keystrokes on their way into a terminal. libuv writes to the master side of a terminal in blocking mode (uv_tty_init), so
 * that one program that does not read would hold up the whole agent; here what the kernel does not take waits.
 */
export class InputQueue {
  readonly #target: InputTarget;
  #waiting: { readonly bytes: Buffer; readonly taken: () => void }[] = [];
  /** How much of the first is written. */
  #written = 0;
  #timer: NodeJS.Timeout | null = null;
  #delayMs = retryMs;

  constructor(target: InputTarget) {
    this.#target = target;
  }

  add(bytes: Buffer, taken: () => void): void {
    this.#waiting.push({ bytes, taken });
    if (this.#timer === null) this.#write();
  }

  /** What waits will never be written. */
  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = [];
  }

  #write(): void {
    for (let first = this.#waiting[0]; first !== undefined; first = this.#waiting[0]) {
      const closed = this.#target.closed();
      const count = closed ? 0 : this.#attempt(first.bytes);
      if (count === 0) {
        if (closed) this.stop();
        else this.#later();
        return;
      }
      this.#delayMs = retryMs;
      this.#written += count;
      if (this.#written < first.bytes.length) continue;
      this.#waiting.shift();
      this.#written = 0;
      first.taken();
    }
  }

  /** Bytes that the kernel took; 0 when it takes none now, or never again. */
  #attempt(bytes: Buffer): number {
    try {
      return writeSync(this.#target.fd, bytes, this.#written);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // EIO: the last program in the terminal has ended; its exit follows.
      if (code === 'EAGAIN' || code === 'EIO') return 0;
      throw error;
    }
  }

  #later(): void {
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#write();
    }, this.#delayMs);
    this.#delayMs = Math.min(2 * this.#delayMs, retryMaxMs);
  }
}
