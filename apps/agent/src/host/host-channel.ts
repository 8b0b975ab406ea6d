import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { type FromAgent, MessageLines, type ToAgent } from '@vethlab/protocol';
import type { Channel } from '../channel/channel.js';

/** A server that takes nothing for so long that this much waits for it is gone or hangs; it gets everything anew when it comes back. */
const mostWaitingBytes = 64 * 1024 * 1024;

/**
 * The line to the server, as a socket that servers come to: an agent on a host survives its server, and the next one finds it here.
 * One server at a time; while there is none, nothing is said and the work goes on.
 */
export class HostChannel implements Channel {
  readonly #server: Server;
  readonly #onConnected: () => void;
  readonly #onLeft: () => void;
  #listener: (message: ToAgent) => void = () => undefined;
  #socket: Socket | null = null;

  constructor(options: { readonly onConnected: () => void; readonly onLeft: () => void }) {
    this.#onConnected = options.onConnected;
    this.#onLeft = options.onLeft;
    this.#server = createServer((socket) => this.#welcome(socket));
  }

  /** Listens at a path that only root can reach. */
  async listen(path: string): Promise<void> {
    // What an agent that was killed left behind: nobody listens there, or we would not have been started.
    rmSync(path, { force: true });
    const before = process.umask(0o177);
    try {
      await new Promise<void>((resolve, reject) => {
        this.#server.once('error', reject);
        this.#server.listen(path, resolve);
      });
    } finally {
      process.umask(before);
    }
    chmodSync(path, 0o600);
  }

  /** A property, because it is passed on without its object. */
  readonly send = (message: FromAgent): void => {
    const socket = this.#socket;
    if (socket === null) return;
    socket.write(`${JSON.stringify(message)}\n`);
    if (socket.writableLength > mostWaitingBytes) socket.destroy();
  };

  onMessage(listener: (message: ToAgent) => void): void {
    this.#listener = listener;
  }

  /** Says what is still to be said and lets go of the server. */
  async close(): Promise<void> {
    this.#server.close();
    const socket = this.#socket;
    if (socket === null) return;
    await new Promise<void>((resolve) => socket.end(resolve));
  }

  #welcome(socket: Socket): void {
    // The old one is a server that is gone and has not been noticed, or one that was replaced.
    this.#socket?.destroy();
    this.#socket = socket;
    const lines = new MessageLines();
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      for (const line of lines.add(chunk)) this.#listener(JSON.parse(line) as ToAgent);
    });
    // The end is told by `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      this.#onLeft();
    });
    this.#onConnected();
  }
}
