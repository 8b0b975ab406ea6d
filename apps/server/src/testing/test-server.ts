import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SandboxError } from '@vethlab/sandbox';
import { pino } from 'pino';
import type { AgentStarter } from '../agents/agent-starter.js';
import { inlineCodec } from '../files/inline-codec.js';
import { type RunningServer, serve } from '../serve.js';
import type { Tls } from '../start-up/tls-files.js';

/** For tests of documents and streams: no lab can run, as on a machine without user namespaces. */
export const noAgents: AgentStarter = () =>
  Promise.reject(
    new SandboxError({
      code: 'sandbox.user-namespaces-forbidden',
      reason: 'This machine does not allow user namespaces.',
      remedy: 'Allow them.',
    }),
  );

export interface TestServer extends RunningServer {
  readonly folder: string;
  readonly labs: string;
  /** Asks the REST API with the token; `path` is below `/api/v1`. */
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  json<Reply>(method: string, path: string, body?: unknown): Promise<Reply>;
}

/** A server of its own on a free port, with a folder of its own under the system's temporary folder. */
export async function startTestServer(
  options: {
    readonly startAgent?: AgentStarter;
    readonly startConfined?: (hide: readonly string[]) => AgentStarter;
    readonly folder?: string;
    readonly port?: number;
    readonly pingIntervalMs?: number;
    readonly scriptMaxMs?: number;
    readonly tls?: Tls;
  } = {},
): Promise<TestServer> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'vethlab-server-'));
  const server = await serve({
    host: '127.0.0.1',
    port: 0,
    data: join(folder, 'data'),
    tokenFile: join(folder, 'state', 'token'),
    examplesFolder: join(folder, 'examples'),
    siteFolder: join(folder, 'site'),
    codec: inlineCodec,
    startAgent: options.startAgent ?? noAgents,
    startConfined: options.startConfined ?? (() => noAgents),
    ...(options.tls === undefined ? {} : { tls: options.tls }),
    ...(options.pingIntervalMs === undefined ? {} : { pingIntervalMs: options.pingIntervalMs }),
    ...(options.scriptMaxMs === undefined ? {} : { scriptMaxMs: options.scriptMaxMs }),
    log: pino({ level: process.env.TEST_LOG ?? 'silent' }),
  });
  const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(`${server.url}api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: {
        authorization: `Bearer ${server.token}`,
        ...(body === undefined || typeof body === 'string' ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  return {
    ...server,
    folder,
    labs: join(folder, 'data', 'labs'),
    ask,
    json: async <Reply>(method: string, path: string, body?: unknown) => {
      const response = await ask(method, path, body);
      const reply = (await response.json()) as Reply;
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${JSON.stringify(reply)}`);
      return reply;
    },
  };
}

export async function removeFolder(server: TestServer): Promise<void> {
  await rm(server.folder, { recursive: true, force: true });
}
