import { connect, type Socket } from 'node:net';
import { type FromAgent, MessageLines, type ToAgent } from '@vethlab/protocol';
import { isAgentMessage } from '../process/agent-message.js';
import type { AgentWire } from '../process/agent-process.js';

/** The socket to an agent on the host. */
export class HostWire implements AgentWire {
  readonly #socket: Socket;
  #onMessage: (message: FromAgent) => void = () => undefined;
  #onClose: () => void = () => undefined;
  #early: FromAgent[] = [];
  #listening = false;

  private constructor(socket: Socket, onUnknown: (text: string) => void) {
    this.#socket = socket;
    const lines = new MessageLines();
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      for (const line of lines.add(chunk)) this.#take(line, onUnknown);
    });
    // The end is told by `close`.
    socket.on('error', () => undefined);
    socket.on('close', () => this.#onClose());
  }

  /** Null when nobody listens there. */
  static open(path: string, onUnknown: (text: string) => void): Promise<HostWire | null> {
    return new Promise((resolve, reject) => {
      const socket = connect(path);
      socket.once('connect', () => {
        socket.removeAllListeners('error');
        resolve(new HostWire(socket, onUnknown));
      });
      socket.once('error', (error: NodeJS.ErrnoException) => {
        // No such file; or a file that an agent left when it was killed.
        if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(null);
        else reject(error);
      });
    });
  }

  get connected(): boolean {
    return this.#socket.writable;
  }

  send = (message: ToAgent, sent: (error: Error | null) => void): void => {
    this.#socket.write(`${JSON.stringify(message)}\n`, (error) => sent(error ?? null));
  };

  /** What came before is told at once. `onClose` is called when the agent is gone, or we have let go of it. */
  listen(onMessage: (message: FromAgent) => void, onClose: () => void): void {
    this.#onMessage = onMessage;
    this.#onClose = onClose;
    this.#listening = true;
    for (const message of this.#early.splice(0)) onMessage(message);
    if (this.#socket.closed) onClose();
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(line: string, onUnknown: (text: string) => void): void {
    let message: unknown;
    try {
      message = JSON.parse(line);
    } catch {
      onUnknown(line);
      return;
    }
    if (!isAgentMessage(message)) onUnknown(line);
    else if (this.#listening) this.#onMessage(message);
    else this.#early.push(message);
  }
}
