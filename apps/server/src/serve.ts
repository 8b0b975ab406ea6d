import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type AgentStarter, startConfinedAgent } from './agents/agent-starter.js';
import { Guard } from './auth/guard.js';
import { addressOf, listeningNames } from './auth/listening-names.js';
import { Tickets } from './auth/tickets.js';
import { loadToken } from './auth/token.js';
import { DataFolder } from './files/data-folder.js';
import type { FileCodec } from './files/file-codec.js';
import { lockFolder } from './files/folder-lock.js';
import type { HostSide } from './host/host-side.js';
import { app } from './http/app.js';
import { ScriptRunner } from './import/script-runner.js';
import { readExamples } from './labs/examples.js';
import { LabShelf } from './labs/lab-shelf.js';
import { clientPingIntervalMs } from './limits.js';
import { folderError, listenError } from './start-up/start-up-error.js';
import type { Tls } from './start-up/tls-files.js';
import { Streams } from './stream/streams.js';

/** Published in the OpenAPI document; the packages of the workspace have one version. */
const version = '0.1.0';

/** A request line and headers of an honest client fit in well under this; half-sent requests must not pile up. */
const headersMaxMs = 10_000;
const requestMaxMs = 60_000;

/** A connection that is kept longer than clients keep theirs: or a request could meet a connection that is being closed. */
const keepAliveMs = 65_000;

export interface ServerOptions {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly data: string;
  readonly tokenFile: string;
  /** Serve https with this certificate. */
  readonly tls?: Tls;
  readonly codec: FileCodec;
  readonly startAgent: AgentStarter;
  /** For scripts that are imported: agents that do not see these folders, each in a sandbox of its own in any runtime. */
  readonly startConfined?: (hide: readonly string[]) => AgentStarter;
  /** Labs run on the machine itself. */
  readonly hostSide?: HostSide;
  readonly log: Logger;
  readonly siteFolder?: string;
  readonly examplesFolder?: string;
  /** How often clients are asked whether they are there. */
  readonly pingIntervalMs?: number;
  /** How long an imported script may run. */
  readonly scriptMaxMs?: number;
}

export interface RunningServer {
  /** Without the token. */
  readonly url: string;
  readonly token: string;
  readonly port: number;
  readonly shelf: LabShelf;
  /** Ends streams and sandboxes, writes what is not written. May be called again. */
  close(): Promise<void>;
}

/**
 * Opens the data folder, loads the labs, and listens.
 * @throws StartUpError when the folder cannot be written or another server has it, or the port cannot be opened
 */
export async function serve(options: ServerOptions): Promise<RunningServer> {
  const folder = new DataFolder(options.data);
  // The lock before the port: a second server on the same folder must end before it touches a journal.
  const unlock = prepare(folder);
  try {
    return await serveLocked(options, folder, unlock);
  } catch (error) {
    unlock();
    throw error;
  }
}

async function serveLocked(options: ServerOptions, folder: DataFolder, unlock: () => void): Promise<RunningServer> {
  const { codec, log, startAgent } = options;
  const token = readToken(options.tokenFile);
  const http = makeServer(options.tls);
  const port = await listen(http, options.host, options.port);
  const listening = { host: options.host, port, certificateNames: options.tls?.names ?? null };
  const names = listeningNames(listening);
  const guard = new Guard({ token, names, port, isSecure: options.tls !== undefined });
  const tickets = new Tickets();
  const shelf = new LabShelf({ folder, codec, startAgent, log });
  const examplesFolder = options.examplesFolder ?? fileURLToPath(new URL('../../../labs', import.meta.url));
  const hostSide = options.hostSide ?? null;
  const hidden = [resolve(options.data), dirname(resolve(options.tokenFile))];
  const scripts = new ScriptRunner((options.startConfined ?? startConfinedAgent)(hidden), log, options.scriptMaxMs);
  const services = { shelf, codec, tickets, hostSide, scripts, examples: () => readExamples(examplesFolder, codec) };
  const siteFolder = options.siteFolder ?? fileURLToPath(new URL('../../web/dist/site', import.meta.url));
  const streams = new Streams({
    guard,
    tickets,
    shelf,
    log,
    pingIntervalMs: options.pingIntervalMs ?? clientPingIntervalMs,
  });
  const opened = shelf.open();
  const handle = app({ guard, names, services, siteFolder, version, log });
  // Requests that come while the labs are being loaded wait for them.
  http.on('request', (request, response) => void opened.then(() => handle(request, response)));
  http.on('upgrade', (request, socket, head) => void opened.then(() => streams.upgrade(request, socket, head)));
  try {
    await opened;
  } catch (error) {
    http.close();
    throw folderError(error, folder.root);
  }
  let closing: Promise<void> | null = null;
  const close = async () => {
    http.close();
    await shelf.close();
    http.closeAllConnections();
    await codec.close();
    hostSide?.unlock();
    unlock();
  };
  return {
    url: addressOf(listening),
    token,
    port,
    shelf,
    close: () => {
      closing ??= close();
      return closing;
    },
  };
}

function makeServer(tls: Tls | undefined): Server {
  const limits = { headersTimeout: headersMaxMs, requestTimeout: requestMaxMs, keepAliveTimeout: keepAliveMs };
  if (tls === undefined) return createServer(limits);
  return createTlsServer({ ...limits, cert: tls.cert, key: tls.key, handshakeTimeout: headersMaxMs });
}

/** Makes what is missing in the folder, and takes it for this process. Gives the way to let go of it. */
function prepare(folder: DataFolder): () => void {
  try {
    folder.prepare();
    return lockFolder(folder.lockFile);
  } catch (error) {
    throw folderError(error, folder.root);
  }
}

function readToken(file: string): string {
  try {
    return loadToken(file);
  } catch (error) {
    throw folderError(error, file);
  }
}

function listen(http: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    http.once('error', (error) => reject(listenError(error, host, port)));
    http.listen({ host, port, exclusive: true }, () => {
      http.removeAllListeners('error');
      resolve((http.address() as AddressInfo).port);
    });
  });
}
