import { clientQueueMaxBytes } from '../limits.js';

/** What the queue needs of a socket; `ws` has it. */
export interface Wire {
  /** Bytes handed over that the other side has not taken yet. */
  readonly bufferedAmount: number;
  /** `written` is called when the kernel has taken the message, or it never will. */
  send(text: string, written: (error?: Error | null) => void): void;
}

/** Takes a snapshot: its text, and the number of the last broadcast that is in it. */
export type TakeSnapshot = () => Promise<{ readonly text: string; readonly seq: number }>;

/**
 * What one client still has to get, bounded. While a snapshot is being written, broadcasts wait behind it. A client that
 * takes too little is set to `lagging`: it gets no more deltas, costs no more memory, and gets one new snapshot as soon
 * as it has taken what is on its way. Other clients notice nothing.
 */
export class ClientQueue {
  readonly #wire: Wire;
  readonly #take: TakeSnapshot;
  readonly #onFault: (error: unknown) => void;
  #state: 'snapshot' | 'following' | 'lagging' = 'snapshot';
  /** Broadcasts that wait for the snapshot before them. */
  #waiting: { readonly text: string; readonly seq: number }[] = [];
  #waitingBytes = 0;
  #snapshotBytes = 0;
  /** The last broadcast that was in the last snapshot: one that was long in writing may come after that. */
  #snapshotSeq = -1;
  /** Only the snapshot that was asked for last is sent. */
  #takes = 0;
  #closed = false;
  #tookLastMs = performance.now();

  constructor(wire: Wire, take: TakeSnapshot, onFault: (error: unknown) => void) {
    this.#wire = wire;
    this.#take = take;
    this.#onFault = onFault;
  }

  /** For how long the client has taken nothing although something waits for it. */
  get stuckMs(): number {
    return this.#wire.bufferedAmount === 0 ? 0 : performance.now() - this.#tookLastMs;
  }

  get lagging(): boolean {
    return this.#state === 'lagging';
  }

  /** Everything anew: at first, and when the client asks. */
  snapshot(): void {
    this.#state = 'snapshot';
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#takes += 1;
    const take = this.#takes;
    this.#take().then(({ text, seq }) => take === this.#takes && this.#sendSnapshot(text, seq), this.#onFault);
  }

  broadcast(text: string, seq: number): void {
    if (this.#state === 'lagging' || (this.#state === 'following' && seq <= this.#snapshotSeq)) return;
    if (this.#state === 'snapshot') {
      this.#waiting.push({ text, seq });
      this.#waitingBytes += text.length;
      if (this.#waitingBytes > clientQueueMaxBytes) this.#lag();
      return;
    }
    if (this.#wire.bufferedAmount > clientQueueMaxBytes + this.#snapshotBytes) {
      this.#lag();
      return;
    }
    this.#send(text);
  }

  /** To this client only. False when it has taken so little that it must be given up. */
  answer(text: string): boolean {
    if (this.#wire.bufferedAmount > 2 * (clientQueueMaxBytes + this.#snapshotBytes)) return false;
    this.#send(text);
    return true;
  }

  close(): void {
    this.#closed = true;
    this.#waiting = [];
  }

  #sendSnapshot(text: string, seq: number): void {
    if (this.#closed) return;
    if (this.#state === 'lagging') {
      this.#whenDrained();
      return;
    }
    if (this.#state !== 'snapshot') return;
    this.#snapshotBytes = text.length;
    this.#snapshotSeq = seq;
    this.#state = 'following';
    this.#send(text);
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#waitingBytes = 0;
    for (const item of waiting) if (item.seq > seq) this.broadcast(item.text, item.seq);
  }

  #send(text: string): void {
    if (this.#closed) return;
    if (this.#wire.bufferedAmount === 0) this.#tookLastMs = performance.now();
    this.#wire.send(text, () => {
      this.#tookLastMs = performance.now();
      this.#whenDrained();
    });
  }

  /** What is on its way, messages or a snapshot, goes on; once that is taken the client gets everything anew. */
  #lag(): void {
    this.#state = 'lagging';
    this.#waiting = [];
    this.#waitingBytes = 0;
  }

  #whenDrained(): void {
    if (this.#state === 'lagging' && this.#wire.bufferedAmount === 0 && !this.#closed) this.snapshot();
  }
}
