import {
  type TerminalServerFrame,
  type TerminalSession,
  type TerminalViewerFrame,
  terminalInputMaxBytes,
} from '@vethlab/protocol';
import { backOffMs } from '../../connection/back-off';
import { parseTerminalFrame } from './terminal-frame';

/** A flood is acknowledged in few messages, and long before the server would wait for one (128 KB). */
const ackEveryBytes = 32 * 1024;

/** `reconnecting`: what is on the screen stays there, keystrokes go nowhere. */
export type TerminalStatus = 'connecting' | 'open' | 'reconnecting';

/** The part of a WebSocket that is used, so that a test can be the other side. */
export interface TerminalSocket {
  send(data: string | Uint8Array<ArrayBuffer>): void;
  close(): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  onclose: (() => void) | null;
}

export interface TerminalConnectionOptions {
  /** A one-use ticket for the upgrade. Rejects when the server cannot be reached or refuses. */
  readonly ticket: () => Promise<string>;
  /** `from`: bytes of output that this viewer has already. */
  readonly open: (ticket: string, from: number) => TerminalSocket;
  /** `reset`: clear what is shown first. `replayTo`: output up to this offset was written before now. */
  readonly onAttached: (session: TerminalSession, reset: boolean, replayTo: number) => void;
  /** Output, in order; `offset` is where it ends. `taken` is to be called when it is on the screen. */
  readonly onOutput: (bytes: Uint8Array, offset: number, taken: () => void) => void;
  readonly onSize: (cols: number, rows: number) => void;
  readonly onSession: (session: TerminalSession) => void;
  readonly onStatus: (status: TerminalStatus) => void;
  readonly random?: () => number;
}

/**
 * One viewer of one terminal: comes back by itself after a lost connection and goes on at the byte where it was, so that
 * neither the screen nor the scrollback is lost.
 */
export class TerminalConnection {
  readonly #options: TerminalConnectionOptions;
  #socket: TerminalSocket | null = null;
  /** Bytes of output since the shell started that were received. */
  #offset = 0;
  #attached = false;
  #attempt = 0;
  #retryTimer: ReturnType<typeof setTimeout> | null = null;
  /** Told apart from an older socket whose output is still being drawn. */
  #era = 0;
  #unacknowledged = 0;
  #closed = false;

  constructor(options: TerminalConnectionOptions) {
    this.#options = options;
  }

  start(): void {
    this.#options.onStatus('connecting');
    void this.#connect();
  }

  /** Keystrokes. False when there is no connection: what was typed blind must not run later. */
  type(bytes: Uint8Array<ArrayBuffer>): boolean {
    const socket = this.#socket;
    if (socket === null || !this.#attached) return false;
    for (let at = 0; at < bytes.length; at += terminalInputMaxBytes)
      socket.send(bytes.subarray(at, at + terminalInputMaxBytes));
    return true;
  }

  /** Asks for another size, for all viewers. Without a connection nothing is asked; `onAttached` is the moment to do it then. */
  resize(cols: number, rows: number): void {
    if (this.#attached) this.#send({ type: 'resize', cols, rows });
  }

  /** The network is back, or the lab's own stream is: try now. */
  retryNow(): void {
    if (this.#closed || this.#attached) return;
    this.#drop();
    void this.#connect();
  }

  /** The lab's own stream found the server gone, which a half-open socket of ours would find out much later. */
  lost(): void {
    if (!this.#closed) this.#lose();
  }

  close(): void {
    this.#closed = true;
    this.#drop();
  }

  async #connect(): Promise<void> {
    const era = ++this.#era;
    try {
      const ticket = await this.#options.ticket();
      if (this.#closed || era !== this.#era) return;
      this.#listen(this.#options.open(ticket, this.#offset), era);
    } catch (error) {
      if (this.#closed || era !== this.#era) return;
      if (!(error instanceof Error)) throw error;
      this.#lose();
    }
  }

  #listen(socket: TerminalSocket, era: number): void {
    this.#socket = socket;
    this.#unacknowledged = 0;
    socket.onmessage = ({ data }) => {
      if (era !== this.#era) return;
      if (typeof data === 'string') this.#frame(parseTerminalFrame(data));
      else if (data instanceof ArrayBuffer) this.#output(new Uint8Array(data), era);
    };
    socket.onclose = () => {
      if (era === this.#era) this.#lose();
    };
  }

  #frame(frame: TerminalServerFrame | null): void {
    // From a newer server: nothing we could act upon.
    if (frame === null) return;
    switch (frame.type) {
      case 'attached':
        this.#offset = frame.from;
        this.#attached = true;
        this.#attempt = 0;
        this.#options.onAttached(frame.session, frame.reset, frame.end ?? frame.from);
        this.#options.onStatus('open');
        return;
      case 'size':
        this.#options.onSize(frame.cols, frame.rows);
        return;
      case 'session':
      case 'exited':
        this.#options.onSession(frame.session);
        return;
      case 'error':
        // Said about a frame of ours; the next one may be fine, and the lab's own stream tells what became of the session.
        return;
    }
  }

  #output(bytes: Uint8Array, era: number): void {
    this.#offset += bytes.length;
    this.#options.onOutput(bytes, this.#offset, () => {
      if (era !== this.#era) return;
      this.#unacknowledged += bytes.length;
      if (this.#unacknowledged < ackEveryBytes) return;
      this.#send({ type: 'ack', bytes: this.#unacknowledged });
      this.#unacknowledged = 0;
    });
  }

  #send(frame: TerminalViewerFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #lose(): void {
    this.#drop();
    this.#options.onStatus('reconnecting');
    const wait = backOffMs(this.#attempt++, (this.#options.random ?? Math.random)());
    this.#retryTimer = setTimeout(() => {
      this.#retryTimer = null;
      void this.#connect();
    }, wait);
  }

  #drop(): void {
    this.#era++;
    this.#attached = false;
    if (this.#retryTimer !== null) clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
