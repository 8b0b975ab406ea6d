/** Work without a pause after which the page gets a turn: half a frame. */
const stretchMs = 8;
/** The page's turn: one frame at 60 Hz, in which the canvas answers and what was read is drawn. */
const restMs = 16;

export interface Output {
  readonly bytes: Uint8Array;
  /** To be called when it is on the screen. */
  readonly written: () => void;
}

export interface OutputPacerOptions {
  /** Reads output into the terminal; `written` when that is done. */
  readonly write: (bytes: Uint8Array, written: () => void) => void;
  readonly now: () => number;
  readonly wait: (ms: number, then: () => void) => void;
  /** False in a hidden tab: nobody waits there, and browsers make pauses long. */
  readonly mayRest: () => boolean;
}

/**
 * Feeds a terminal so that a flood leaves two thirds of the time to the rest of the page. A keystroke's echo goes through
 * at once. What waits here is bounded by the server, which sends no more than is acknowledged.
 */
export class OutputPacer {
  readonly #options: OutputPacerOptions;
  #queue: Output[] = [];
  #isBusy = false;
  #stretchBegan = 0;

  constructor(options: OutputPacerOptions) {
    this.#options = options;
  }

  add(output: Output): void {
    this.#queue.push(output);
    if (this.#isBusy) return;
    this.#isBusy = true;
    this.#stretchBegan = this.#options.now();
    this.#next();
  }

  #next(): void {
    const output = this.#queue.shift();
    if (output === undefined) {
      this.#isBusy = false;
      return;
    }
    this.#options.write(output.bytes, () => {
      output.written();
      this.#afterwards();
    });
  }

  #afterwards(): void {
    const { now, wait, mayRest } = this.#options;
    if (now() - this.#stretchBegan < stretchMs || !mayRest()) {
      this.#next();
      return;
    }
    wait(restMs, () => {
      this.#stretchBegan = now();
      this.#next();
    });
  }
}
