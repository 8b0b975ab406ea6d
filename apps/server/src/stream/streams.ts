import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { apiPrefix, messageMaxBytes, terminalInputMaxBytes } from '@vethlab/protocol';
import type { Logger } from 'pino';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Guard } from '../auth/guard.js';
import type { Tickets } from '../auth/tickets.js';
import type { Lab } from '../labs/lab.js';
import type { LabShelf } from '../labs/lab-shelf.js';
import { clientsPerLabMax } from '../limits.js';
import { viewersPerTerminalMax } from '../terminals/terminal-limits.js';
import { TerminalViewer } from '../terminals/terminal-viewer.js';
import { StreamClient } from './stream-client.js';

const streamPath = new RegExp(`^${apiPrefix}/labs/([a-z0-9-]{1,63})/stream$`);
const terminalPath = new RegExp(`^${apiPrefix}/labs/([a-z0-9-]{1,63})/terminals/([a-z0-9-]{1,63})$`);

export interface StreamsOptions {
  readonly guard: Guard;
  readonly tickets: Tickets;
  readonly shelf: LabShelf;
  readonly log: Logger;
  readonly pingIntervalMs: number;
}

/** What a socket becomes, or why it becomes nothing. */
type Target =
  | { readonly sockets: WebSocketServer; readonly start: (socket: WebSocket) => void }
  | { readonly refused: string };

const notFound: Target = { refused: '404 Not Found' };
const busy: Target = { refused: '503 Service Unavailable' };

/** Decides which upgrade becomes a stream or a terminal: host, origin, then ticket or token, then what is asked for. */
export class Streams {
  readonly #options: StreamsOptions;
  // Without compression: on loopback it costs more than it saves, and it keeps memory per socket.
  readonly #streams = new WebSocketServer({ noServer: true, maxPayload: messageMaxBytes, perMessageDeflate: false });
  readonly #terminals = new WebSocketServer({
    noServer: true,
    maxPayload: terminalInputMaxBytes,
    perMessageDeflate: false,
  });

  constructor(options: StreamsOptions) {
    this.#options = options;
  }

  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    // Until the upgrade is done, errors of the bare socket have nobody else to go to.
    const onError = (error: Error) => this.#options.log.info({ err: error }, 'upgrade broken off');
    socket.on('error', onError);
    const target = this.#targetOf(request);
    if ('refused' in target) refuse(socket, target.refused);
    else {
      target.sockets.handleUpgrade(request, socket, head, (webSocket) => {
        socket.off('error', onError);
        target.start(webSocket);
      });
    }
  }

  #targetOf(request: IncomingMessage): Target {
    const { guard } = this.#options;
    const address = parseAddress(request);
    if (!guard.knowsHost(request) || !guard.allowsOrigin(request)) return { refused: '403 Forbidden' };
    if (address === null || !this.#isAllowed(request, address)) return { refused: '401 Unauthorized' };
    const stream = streamPath.exec(address.pathname);
    if (stream !== null) return this.#streamOf(this.#lab(stream[1]));
    const terminal = terminalPath.exec(address.pathname);
    return terminal === null ? notFound : this.#terminalOf(this.#lab(terminal[1]), terminal[2] ?? '', address);
  }

  #streamOf(lab: Lab | null): Target {
    if (lab === null) return notFound;
    if (lab.clients >= clientsPerLabMax) return busy;
    const { log, pingIntervalMs } = this.#options;
    return {
      sockets: this.#streams,
      start: (socket) => new StreamClient(socket, lab, log.child({ lab: lab.id }), pingIntervalMs).follow(),
    };
  }

  #terminalOf(lab: Lab | null, id: string, address: URL): Target {
    const terminal = lab?.terminals.find(id) ?? null;
    if (lab === null || terminal === null) return notFound;
    if (terminal.viewers >= viewersPerTerminalMax) return busy;
    const { log, pingIntervalMs } = this.#options;
    return {
      sockets: this.#terminals,
      start: (socket) =>
        new TerminalViewer(socket, terminal, log.child({ lab: lab.id, terminal: id }), pingIntervalMs).follow(
          offsetIn(address),
        ),
    };
  }

  #lab(id: string | undefined): Lab | null {
    return id === undefined ? null : this.#options.shelf.find(id);
  }

  /** A cookie is not enough here: browsers send it to every port and from every page of this machine. */
  #isAllowed(request: IncomingMessage, address: URL): boolean {
    const ticket = address.searchParams.get('ticket');
    if (ticket !== null) return this.#options.tickets.redeem(ticket);
    return this.#options.guard.hasBearer(request);
  }
}

/** `?from=OFFSET`: what the viewer has already. Anything else means that it has nothing. */
function offsetIn(address: URL): number | null {
  const text = address.searchParams.get('from');
  return text !== null && /^\d{1,15}$/.test(text) ? Number(text) : null;
}

function parseAddress(request: IncomingMessage): URL | null {
  const base = 'http://localhost';
  return URL.canParse(request.url ?? '', base) ? new URL(request.url ?? '', base) : null;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
