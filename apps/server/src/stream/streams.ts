import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiPrefix } from '@vethlab/protocol';
import type { Logger } from 'pino';
import { WebSocketServer } from 'ws';
import type { Guard } from '../auth/guard.js';
import type { Tickets } from '../auth/tickets.js';
import type { LabShelf } from '../labs/lab-shelf.js';
import { clientsPerLabMax, messageMaxBytes } from '../limits.js';
import { StreamClient } from './stream-client.js';

const streamPath = new RegExp(`^${apiPrefix}/labs/([a-z0-9-]{1,63})/stream$`);

export interface StreamsOptions {
  readonly guard: Guard;
  readonly tickets: Tickets;
  readonly shelf: LabShelf;
  readonly log: Logger;
  readonly pingIntervalMs: number;
}

/** Decides which upgrade becomes a stream: host, origin, then ticket or token, then the lab. */
export class Streams {
  readonly #options: StreamsOptions;
  // Without compression: on loopback it costs more than it saves, and it keeps memory per socket.
  readonly #sockets = new WebSocketServer({ noServer: true, maxPayload: messageMaxBytes, perMessageDeflate: false });

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the upgrade is done, errors of the bare socket have nobody else to go to.
    const onError = (error: Error) => this.#options.log.info({ err: error }, 'upgrade broken off');
    socket.on('error', onError);
    const { guard, shelf, log, pingIntervalMs } = this.#options;
    const address = parseAddress(request);
    const id = address === null ? undefined : streamPath.exec(address.pathname)?.[1];
    if (!guard.knowsHost(request) || !guard.allowsOrigin(request)) refuse(socket, '403 Forbidden');
    else if (address === null || !this.#isAllowed(request, address)) refuse(socket, '401 Unauthorized');
    else {
      const lab = id === undefined ? null : shelf.find(id);
      if (lab === null) refuse(socket, '404 Not Found');
      else if (lab.clients >= clientsPerLabMax) refuse(socket, '503 Service Unavailable');
      else {
        this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
          socket.off('error', onError);
          new StreamClient(webSocket, lab, log.child({ lab: lab.id }), pingIntervalMs).follow();
        });
      }
    }
  }

  /** A cookie is not enough here: browsers send it to every port and from every page of this machine. */
  #isAllowed(request: IncomingMessage, address: URL): boolean {
    const ticket = address.searchParams.get('ticket');
    if (ticket !== null) return this.#options.tickets.redeem(ticket);
    return this.#options.guard.hasBearer(request);
  }
}

function parseAddress(request: IncomingMessage): URL | null {
  const base = 'http://localhost';
  return URL.canParse(request.url ?? '', base) ? new URL(request.url ?? '', base) : null;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
