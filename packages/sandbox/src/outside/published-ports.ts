import { createServer, type Server, type Socket } from 'node:net';
import type { PublishProblem, PublishWish } from '@vethlab/protocol';

/** Connections that wait to be taken in; more come than that only from an attack. */
const backlog = 64;

interface Listener {
  wish: PublishWish;
  readonly server: Server;
}

/** Ports of a lab's nodes on 127.0.0.1 of the machine. Each connection is handed on as it is: nobody has read from it. */
export class PublishedPorts {
  readonly #listeners = new Map<number, Listener>();
  readonly #onConnection: (wish: PublishWish, socket: Socket) => void;
  #last: Promise<unknown> = Promise.resolve();
  #closed = false;

  constructor(onConnection: (wish: PublishWish, socket: Socket) => void) {
    this.#onConnection = onConnection;
  }

  /** Publishes these and no others. Resolves with those that cannot be. */
  set(wishes: readonly PublishWish[]): Promise<readonly PublishProblem[]> {
    const done = this.#last.then(() => this.#set(this.#closed ? [] : wishes));
    this.#last = done;
    return done;
  }

  /** For good: none is opened any more. */
  async closeAll(): Promise<void> {
    this.#closed = true;
    await this.set([]);
  }

  async #set(wishes: readonly PublishWish[]): Promise<readonly PublishProblem[]> {
    const wanted = new Map(wishes.map((wish) => [wish.at, wish]));
    for (const [at, listener] of this.#listeners) if (!wanted.has(at)) await this.#close(listener);
    const problems: PublishProblem[] = [];
    for (const wish of wanted.values()) {
      const known = this.#listeners.get(wish.at);
      if (known !== undefined) known.wish = wish;
      else {
        const problem = await this.#open(wish);
        if (problem !== null) problems.push({ ...wish, problem });
      }
    }
    return problems;
  }

  #open(wish: PublishWish): Promise<string | null> {
    return new Promise((resolve) => {
      const server = createServer({ pauseOnConnect: true });
      const listener: Listener = { wish, server };
      server.on('connection', (socket) => this.#onConnection(listener.wish, socket));
      // Once it listens, a connection that cannot be taken is an error too: its visitor's, not ours.
      server.on('error', (error: NodeJS.ErrnoException) => resolve(whyNot(wish.at, error)));
      server.listen({ host: '127.0.0.1', port: wish.at, backlog }, () => {
        this.#listeners.set(wish.at, listener);
        // A lab must not keep a program alive that has nothing else to do.
        server.unref();
        resolve(null);
      });
    });
  }

  /** Takes no more; what is connected goes on. */
  #close({ wish, server }: Listener): Promise<void> {
    this.#listeners.delete(wish.at);
    return new Promise((resolve) => {
      server.close(() => resolve());
      // `close` waits for connections that are ours no longer.
      setImmediate(resolve);
    });
  }
}

function whyNot(at: number, error: NodeJS.ErrnoException): string {
  if (error.code === 'EADDRINUSE') return `Port ${at} of the machine is in use by another program or lab.`;
  if (error.code === 'EACCES') return `Port ${at} of the machine is for root: ports from 1024 on are for everybody.`;
  return `Port ${at} of the machine cannot be opened: ${error.message}`;
}
