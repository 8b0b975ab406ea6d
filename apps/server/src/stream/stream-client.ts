import { randomUUID } from 'node:crypto';
import type { LiveMessage, ServerMessage } from '@vethlab/protocol';
import type { Logger } from 'pino';
import { WebSocket } from 'ws';
import type { Listener } from '../labs/audience.js';
import type { Lab } from '../labs/lab.js';
import { clientStuckMs } from '../limits.js';
import { stringifyInSlices } from '../turns/stringify-in-slices.js';
import { answerMessage } from './answer-message.js';
import { ClientQueue } from './client-queue.js';

/** Close codes of RFC 6455, 7.4.1. */
const goingAway = 1001;

/** With more than this on its way to a client, live readings wait: a few of them, far from what slows a good connection. */
const liveWaitBytes = 512 * 1024;

/** One socket on one lab's stream: reads what the client asks, writes what it has to get, notices when it is gone. */
export class StreamClient implements Listener {
  readonly id = randomUUID();
  readonly #socket: WebSocket;
  readonly #lab: Lab;
  readonly #log: Logger;
  readonly #queue: ClientQueue;
  readonly #pingIntervalMs: number;
  #heard = true;
  #writingLive = false;

  constructor(socket: WebSocket, lab: Lab, log: Logger, pingIntervalMs: number) {
    this.#pingIntervalMs = pingIntervalMs;
    this.#socket = socket;
    this.#lab = lab;
    this.#log = log;
    this.#queue = new ClientQueue(
      socket,
      async () => {
        const snapshot = lab.snapshot(this.id);
        return { text: await stringifyInSlices(snapshot), seq: snapshot.seq };
      },
      (error) => this.#fault(error),
    );
  }

  /** Follows the lab until the socket closes. */
  follow(): void {
    const timer = setInterval(() => this.#checkAlive(), this.#pingIntervalMs);
    this.#socket.on('pong', () => {
      this.#heard = true;
    });
    this.#socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    // A frame too large, a reset: the close follows, and says all there is to say.
    this.#socket.on('error', (error) => this.#log.info({ client: this.id, err: error }, 'stream error'));
    this.#socket.on('close', () => {
      clearInterval(timer);
      this.#queue.close();
      this.#lab.run.cancel(`${this.id}:`, 'sweeps');
      this.#lab.live.leave(this);
      this.#lab.leave(this);
    });
    // First the snapshot, so that its number stands before the news of this client.
    this.#queue.snapshot();
    this.#lab.join(this);
  }

  broadcast(text: string, seq: number): void {
    this.#queue.broadcast(text, seq);
  }

  close(): void {
    this.#socket.close(goingAway);
    // A client that does not answer the close must not keep the server from ending.
    setTimeout(() => this.#socket.terminate(), 1_000).unref();
  }

  /** To this client only. */
  answer(message: ServerMessage): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    stringifyInSlices(message).then(
      (text) => {
        if (!this.#queue.answer(text)) this.#socket.terminate();
      },
      (error: unknown) => this.#fault(error),
    );
  }

  /** Live readings wait while the socket is behind: of each section only the newest matters. */
  live(message: LiveMessage): boolean {
    if (this.#socket.readyState !== WebSocket.OPEN) return true;
    if (this.#writingLive || this.#socket.bufferedAmount > liveWaitBytes) return false;
    // A large one is written in slices; the next one must not overtake it.
    this.#writingLive = true;
    stringifyInSlices(message)
      .then((text) => this.#queue.answer(text))
      .finally(() => {
        this.#writingLive = false;
      })
      .catch((error: unknown) => this.#fault(error));
    return true;
  }

  resync(): void {
    this.#queue.snapshot();
  }

  #receive(data: WebSocket.RawData, isBinary: boolean): void {
    this.#heard = true;
    if (isBinary) {
      this.answer({ type: 'error', code: 'message.binary', detail: 'Messages are JSON text.' });
      return;
    }
    // `ws` gives one Buffer unless it is told otherwise.
    answerMessage(this, this.#lab, String(data)).catch((error: unknown) => this.#fault(error));
  }

  #checkAlive(): void {
    if (!this.#heard || this.#queue.stuckMs > clientStuckMs) {
      this.#log.info({ client: this.id }, 'client does not answer; closing its stream');
      this.#socket.terminate();
      return;
    }
    this.#heard = this.#queue.stuckMs > 0;
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.ping();
  }

  #fault(error: unknown): void {
    this.#log.error({ client: this.id, err: error }, 'stream fault');
    this.answer({
      type: 'error',
      code: 'server.fault',
      detail: 'Something went wrong in the server; its log says more.',
    });
  }
}
