import { terminalChunkBytes, terminalWindowBytes } from '@vethlab/protocol';

/** What a flow needs of its terminal. */
export interface FlowSource {
  pause(): void;
  resume(): void;
  send(chunk: Buffer): void;
}

/**
 * Output on its way to the server. What is read in one turn of the event loop goes together, in chunks; no more than a window
 * is sent before it is acknowledged. Above that nothing is read any more, so that a flood waits in its own terminal.
 */
export class OutputFlow {
  readonly #source: FlowSource;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  /** Sent, and not acknowledged. */
  #unackedBytes = 0;
  #paused = false;
  #scheduled = false;

  constructor(source: FlowSource) {
    this.#source = source;
  }

  add(bytes: Buffer): void {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#sendSoon();
    if (!this.#paused && this.#waitingBytes + this.#unackedBytes >= terminalWindowBytes) {
      this.#paused = true;
      this.#source.pause();
    }
  }

  ack(bytes: number): void {
    this.#unackedBytes = Math.max(0, this.#unackedBytes - bytes);
    if (this.#waitingBytes > 0) this.#sendSoon();
    if (this.#paused && this.#waitingBytes + this.#unackedBytes <= terminalWindowBytes / 2) {
      this.#paused = false;
      this.#source.resume();
    }
  }

  /** Nothing more comes: what is left is sent, however much is on its way. It is one window and one read at most. */
  finish(): void {
    this.#unackedBytes = Number.NEGATIVE_INFINITY;
    this.#send();
  }

  #sendSoon(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#send();
    });
  }

  #send(): void {
    if (this.#waitingBytes === 0 || this.#unackedBytes >= terminalWindowBytes) return;
    const all = this.#waiting.length === 1 && this.#waiting[0] ? this.#waiting[0] : Buffer.concat(this.#waiting);
    let sent = 0;
    while (sent < all.length && this.#unackedBytes < terminalWindowBytes) {
      const chunk = all.subarray(sent, sent + terminalChunkBytes);
      sent += chunk.length;
      this.#unackedBytes += chunk.length;
      this.#source.send(chunk);
    }
    const rest = all.subarray(sent);
    this.#waiting = rest.length === 0 ? [] : [rest];
    this.#waitingBytes = rest.length;
  }
}
