/** Given to one session before the next has its turn; less than the burst, or it would never come. */
const portionBytes = 16 * 1024;

const tickMs = 10;

interface Waiting {
  bytes: number;
  readonly grant: (bytes: number) => void;
}

/**
 * How much output all terminals together may bring to this server. Each byte costs its event loop the reading, keeping and
 * sending, so a hundred floods must not take more of it than one; sessions get their share in turns. A person who types is
 * far below and never waits: only the acknowledgements are held back, not the output.
 */
export class OutputBudget {
  readonly #bytesPerMs: number;
  readonly #burstBytes: number;
  readonly #waiting = new Map<object, Waiting>();
  #left: number;
  #filledAt = performance.now();
  #timer: NodeJS.Timeout | null = null;

  constructor(options: { readonly bytesPerSecond: number; readonly burstBytes: number }) {
    this.#bytesPerMs = options.bytesPerSecond / 1_000;
    this.#burstBytes = options.burstBytes;
    this.#left = options.burstBytes;
  }

  /** Asks for room for `bytes` more; `grant` is called with portions of it, now or when it is this session's turn. */
  ask(session: object, bytes: number, grant: (bytes: number) => void): void {
    const waiting = this.#waiting.get(session);
    if (waiting === undefined) this.#waiting.set(session, { bytes, grant });
    else waiting.bytes += bytes;
    if (this.#timer === null) this.#give();
  }

  /** The session is over: it waits no more. */
  forget(session: object): void {
    this.#waiting.delete(session);
  }

  #give(): void {
    this.#fill();
    for (const [session, waiting] of this.#waiting) {
      const bytes = Math.min(waiting.bytes, portionBytes);
      // A whole portion or none, so that all get the same in the end.
      if (bytes > this.#left) break;
      // Behind all others, when something is left to ask for.
      this.#waiting.delete(session);
      this.#left -= bytes;
      waiting.bytes -= bytes;
      if (waiting.bytes > 0) this.#waiting.set(session, waiting);
      waiting.grant(bytes);
    }
    if (this.#waiting.size === 0 || this.#timer !== null) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      this.#give();
    }, tickMs);
    this.#timer.unref();
  }

  #fill(): void {
    const now = performance.now();
    this.#left = Math.min(this.#burstBytes, this.#left + (now - this.#filledAt) * this.#bytesPerMs);
    this.#filledAt = now;
  }
}
