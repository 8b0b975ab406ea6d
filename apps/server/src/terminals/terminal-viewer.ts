import { type TerminalServerFrame, terminalViewerFrameSchema, terminalViewerWindowBytes } from '@vethlab/protocol';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import { parseJson } from '../http/json-body.js';
import { ProblemError } from '../http/problem-error.js';
import { clientStuckMs } from '../limits.js';
import type { Terminal, Viewer } from './terminal.js';
import { frameBytes } from './terminal-limits.js';

/** Close codes of RFC 6455, 7.4.1. */
const goingAway = 1001;

/**
 * One socket on one terminal. It has no queue: what it has not got yet is in the ring, and it is sent no more than it takes.
 * One that falls so far behind that the ring has forgotten what follows is told to begin anew.
 */
export class TerminalViewer implements Viewer {
  readonly #socket: WebSocket;
  readonly #terminal: Terminal;
  readonly #log: Logger;
  readonly #pingIntervalMs: number;
  /** Offset of what is sent next. */
  #cursor = 0;
  #acked = 0;
  #heard = true;
  #tookLastMs = performance.now();
  /** The end is told once all output before it is sent. */
  #waiting: TerminalServerFrame[] = [];

  constructor(socket: WebSocket, terminal: Terminal, log: Logger, pingIntervalMs: number) {
    this.#socket = socket;
    this.#terminal = terminal;
    this.#log = log;
    this.#pingIntervalMs = pingIntervalMs;
  }

  get acked(): number {
    return this.#acked;
  }

  get stalledMs(): number {
    return this.#acked === this.#cursor ? 0 : performance.now() - this.#tookLastMs;
  }

  /** Follows the terminal until the socket closes. `from` is where the viewer is already; null when it has nothing. */
  follow(from: number | null): void {
    const timer = setInterval(() => this.#checkAlive(), this.#pingIntervalMs);
    this.#socket.on('pong', () => {
      this.#heard = true;
    });
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // A frame too large, a reset: the close follows, and says all there is to say.
    this.#socket.on('error', (error) => this.#log.info({ err: error }, 'terminal socket error'));
    this.#socket.on('close', () => {
      clearInterval(timer);
      this.#terminal.leave(this);
    });
    this.#terminal.join(this);
    const { ring } = this.#terminal;
    if (from !== null && from >= ring.start && from <= ring.end) this.#begin(from, false);
    else this.#begin(ring.beginning, true);
    this.pump();
    if (!this.#terminal.isRunning) this.tell({ type: 'exited', session: this.#terminal.session });
  }

  pump(): void {
    const { ring } = this.#terminal;
    while (this.#cursor < ring.end && this.#socket.readyState === WebSocket.OPEN) {
      const room = terminalViewerWindowBytes - (this.#cursor - this.#acked);
      if (room <= 0 || this.#socket.bufferedAmount > terminalViewerWindowBytes) return;
      if (this.#cursor < ring.start) this.#begin(ring.beginning, true);
      if (this.#acked === this.#cursor) this.#tookLastMs = performance.now();
      const bytes = ring.read(this.#cursor, Math.min(room, frameBytes));
      this.#cursor += bytes.length;
      this.#socket.send(bytes, () => this.pump());
    }
    if (this.#cursor === ring.end) for (const frame of this.#waiting.splice(0)) this.#send(frame);
  }

  tell(frame: TerminalServerFrame): void {
    if (frame.type === 'exited' && this.#cursor < this.#terminal.ring.end) this.#waiting.push(frame);
    else this.#send(frame);
  }

  pause(): void {
    if (!this.#socket.isPaused && this.#socket.readyState === WebSocket.OPEN) this.#socket.pause();
  }

  resume(): void {
    if (this.#socket.isPaused) this.#socket.resume();
  }

  close(): void {
    this.#socket.close(goingAway);
    // A viewer that does not answer the close must not keep the server from ending.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  #begin(from: number, reset: boolean): void {
    this.#cursor = from;
    this.#acked = from;
    const { session, ring } = this.#terminal;
    this.#send({ type: 'attached', session, from, reset, end: ring.end });
  }

  #receive(data: WebSocket.RawData, isBinary: boolean): void {
    this.#heard = true;
    // `ws` gives one Buffer unless it is told otherwise.
    if (isBinary) {
      if (this.#terminal.input(data as Buffer)) return;
      this.#send({
        type: 'error',
        code: 'terminal.ended',
        detail: this.#terminal.session.detail ?? 'The shell ended.',
      });
      return;
    }
    try {
      this.#carryOut(String(data));
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      this.#send({ type: 'error', code: error.problem.code, detail: error.problem.detail });
    }
  }

  /** @throws ProblemError when the text is no JSON */
  #carryOut(text: string): void {
    const read = terminalViewerFrameSchema.safeParse(parseJson(text));
    if (!read.success) {
      const detail = 'Text frames are {"type":"resize","cols":80,"rows":24} and {"type":"ack","bytes":1000}.';
      this.#send({ type: 'error', code: 'message.unknown', detail });
    } else if (read.data.type === 'resize') this.#terminal.resize(read.data.cols, read.data.rows);
    else {
      // Nobody can have more on the screen than was sent.
      this.#acked = Math.min(this.#cursor, this.#acked + read.data.bytes);
      this.#tookLastMs = performance.now();
      this.pump();
      this.#terminal.flow();
    }
  }

  #send(frame: TerminalServerFrame): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    // Small frames, but a viewer that takes nothing at all must not have them pile up either.
    if (this.#socket.bufferedAmount > 2 * terminalViewerWindowBytes) this.#socket.terminate();
    else this.#socket.send(JSON.stringify(frame));
  }

  #checkAlive(): void {
    const silent = !this.#heard && !this.#socket.isPaused;
    if (silent || (this.#socket.bufferedAmount > 0 && this.stalledMs > clientStuckMs)) {
      this.#log.info('viewer does not answer; closing its socket');
      this.#socket.terminate();
      return;
    }
    this.#heard = false;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
  }
}
