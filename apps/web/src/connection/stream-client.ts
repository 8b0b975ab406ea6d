import { type ClientMessage, protocolVersion, type ServerMessage } from '@vethlab/protocol';
import { backOffMs } from './back-off';
import { type Problem, RequestFailed, unreachable } from './problem';
import { isBroadcast, parseServerMessage } from './server-message';

/** A quiet connection is asked for a sign of life this often; half-open sockets are found within two of these. */
const heartbeatMs = 5_000;

/** Without a key, not allowed, no such lab, a lab that cannot be read: asking again changes nothing. */
const finalStatuses: ReadonlySet<number> = new Set([401, 403, 404, 422]);

export type StreamStatus = 'connecting' | 'open' | 'lost';

/** Why the stream will not come back by itself. */
export type StreamEnd =
  | { readonly reason: 'refused'; readonly problem: Problem }
  /** This page is older or newer than the server. */
  | { readonly reason: 'protocol' };

/** The part of a WebSocket that is used, so that a test can be the other side. */
export interface Socket {
  send(text: string): void;
  close(): void;
  onopen: (() => void) | null;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: ((event: { readonly code: number }) => void) | null;
}

export interface StreamOptions {
  /**
   * A one-use ticket for the upgrade. Rejects with `RequestFailed`. `refusedBefore`: the last try was turned away at the
   * door, which a browser does not give the reason of; the lab itself should be asked for first.
   */
  readonly ticket: (refusedBefore: boolean) => Promise<string>;
  readonly open: (ticket: string) => Socket;
  /** Snapshots, broadcasts in unbroken order, answers. `fresh`: the first snapshot of a new connection. */
  readonly onMessage: (message: ServerMessage, fresh: boolean) => void;
  readonly onStatus: (status: StreamStatus) => void;
  readonly onEnd: (end: StreamEnd) => void;
  readonly random?: () => number;
}

/**
 * Keeps one lab's stream alive: connects, checks the numbering, asks for everything again when a number is missing,
 * and comes back by itself with growing pauses. `open` is told only once the first snapshot is here.
 */
export class StreamClient {
  readonly #options: StreamOptions;
  #socket: Socket | null = null;
  /** Number of the last broadcast; null until a snapshot came, and while one is awaited after a gap. */
  #seq: number | null = null;
  #fresh = true;
  #attempt = 0;
  #ended = false;
  #heardSinceBeat = true;
  #refusedBefore = false;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  #beatTimer: ReturnType<typeof setInterval> | null = null;
  #beats = 0;
  /** Told apart from an older try whose ticket or socket comes late. */
  #era = 0;

  constructor(options: StreamOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.onStatus('connecting');
    void this.#connect();
  }

  /** Sends when the connection is open and a snapshot is here; tells whether it was sent. */
  send(message: ClientMessage): boolean {
    if (this.#socket === null || this.#fresh) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** The machine woke up or the network came back: try now instead of at the end of the pause. */
  retryNow(): void {
    if (this.#retryTimer === null) return;
    clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    void this.#connect();
  }

  close(): void {
    this.#ended = true;
    this.#drop();
  }

  async #connect(): Promise<void> {
    const era = ++this.#era;
    try {
      const ticket = await this.#options.ticket(this.#refusedBefore);
      if (this.#ended || era !== this.#era) return;
      this.#listen(this.#options.open(ticket), era);
    } catch (error) {
      if (this.#ended || era !== this.#era) return;
      const problem = error instanceof RequestFailed ? error.problem : unreachable;
      const isFinal = finalStatuses.has(problem.status);
      if (isFinal) this.#end({ reason: 'refused', problem });
      else this.#lost();
    }
  }

  #listen(socket: Socket, era: number): void {
    this.#socket = socket;
    this.#fresh = true;
    this.#seq = null;
    this.#heardSinceBeat = true;
    socket.onmessage = ({ data }) => {
      if (era === this.#era && typeof data === 'string') this.#receive(data);
    };
    socket.onclose = () => {
      if (era !== this.#era) return;
      this.#refusedBefore = this.#fresh;
      this.#lost();
    };
    this.#beatTimer = setInterval(() => this.#beat(), heartbeatMs);
  }

  #receive(text: string): void {
    this.#heardSinceBeat = true;
    const message = parseServerMessage(text);
    // From a newer server: nothing we could show. The numbering below still finds out when it was a broadcast.
    if (message === null) return;
    if (message.type === 'snapshot') {
      if (message.protocol !== protocolVersion) {
        this.#end({ reason: 'protocol' });
        return;
      }
      const fresh = this.#fresh;
      this.#seq = message.seq;
      this.#fresh = false;
      this.#attempt = 0;
      if (fresh) this.#options.onStatus('open');
      this.#options.onMessage(message, fresh);
    } else if (isBroadcast(message)) {
      if (this.#seq === null) return;
      if (message.seq !== this.#seq + 1) {
        this.#seq = null;
        this.send({ type: 'resync' });
        return;
      }
      this.#seq = message.seq;
      this.#options.onMessage(message, false);
    } else {
      this.#options.onMessage(message, false);
    }
  }

  #beat(): void {
    if (!this.#heardSinceBeat) {
      this.#lost();
      return;
    }
    this.#heardSinceBeat = false;
    this.send({ type: 'ping', requestId: `beat-${++this.#beats}` });
  }

  #lost(): void {
    this.#drop();
    this.#options.onStatus('lost');
    const wait = backOffMs(this.#attempt++, (this.#options.random ?? Math.random)());
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      void this.#connect();
    }, wait);
  }

  #end(end: StreamEnd): void {
    this.#ended = true;
    this.#drop();
    this.#options.onStatus('lost');
    this.#options.onEnd(end);
  }

  #drop(): void {
    this.#era++;
    if (this.#beatTimer !== null) clearInterval(this.#beatTimer);
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#beatTimer = null;
    this.#retryTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    this.#fresh = true;
    if (socket !== null) {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
  }
}
