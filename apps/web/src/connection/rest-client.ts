import type {
  AdoptOnHostBody,
  AllowCommandsBody,
  CommandAct,
  CommandLog,
  CommandRef,
  CommandStatus,
  CommandsView,
  CreateLabBody,
  DeletedReply,
  ExampleListReply,
  ExampleSummary,
  HostReply,
  ImportScriptBody,
  ImportScriptReply,
  LabListReply,
  LabReply,
  NodeProcesses,
  OpenTerminalBody,
  SignalProcessBody,
  TerminalSession,
  TicketReply,
} from '@vethlab/protocol';
import { problemFrom, RequestFailed, unreachable } from './problem';

/** Nothing asked here takes long; stopping a lab of 5,000 nodes is the slowest. */
const timeoutMs = 15_000;
/** A script may take 30 s, and a sandbox is made and looked at as well. */
const scriptTimeoutMs = 60_000;

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** The REST calls of the lab list. Every one rejects with `RequestFailed`, whose message can be shown as it is. */
export const rest = {
  labs: (): Promise<LabListReply> => json<LabListReply>('GET', '/labs'),
  /** What is on the machine of a server that runs labs on it. */
  machine: (): Promise<HostReply> => json<HostReply>('GET', '/host'),
  /** Gives a lab what is on the machine. */
  adoptOnHost: (id: string, what: AdoptOnHostBody): Promise<LabReply> =>
    json<LabReply>('POST', `${labPath(id)}/host/adopt`, what),
  examples: async (): Promise<readonly ExampleSummary[]> => (await json<ExampleListReply>('GET', '/examples')).examples,
  read: (id: string): Promise<LabReply> => json<LabReply>('GET', labPath(id)),
  create: (body: CreateLabBody): Promise<LabReply> => json<LabReply>('POST', '/labs', body),
  /** Its bytes as they are: the server tells what is no text. */
  createFromFile: async (file: Blob): Promise<LabReply> =>
    (await (await sendBody('POST', '/labs', { type: 'application/yaml', content: file })).json()) as LabReply,
  /** Runs a script in a sandbox of its own; nothing is kept. */
  importScript: (body: ImportScriptBody): Promise<ImportScriptReply> =>
    json<ImportScriptReply>('POST', '/labs/import-script', body, scriptTimeoutMs),
  rename: (id: string, name: string): Promise<unknown> => json('PATCH', labPath(id), { name }),
  duplicate: (id: string): Promise<LabReply> => json<LabReply>('POST', `${labPath(id)}/duplicate`, {}),
  remove: (id: string): Promise<DeletedReply> => json<DeletedReply>('DELETE', labPath(id)),
  /** The text of the lab file, comments and all. */
  file: async (id: string): Promise<string> => (await send('GET', `${labPath(id)}?format=yaml`)).text(),
  openTerminal: (id: string, body: OpenTerminalBody): Promise<TerminalSession> =>
    json<TerminalSession>('POST', `${labPath(id)}/terminals`, body),
  closeTerminal: (id: string, terminal: string): Promise<unknown> =>
    json('DELETE', `${labPath(id)}/terminals/${encodeURIComponent(terminal)}`),
  actOnCommand: (id: string, ref: CommandRef, act: CommandAct): Promise<CommandStatus> =>
    json<CommandStatus>('POST', `${commandPath(id, ref)}/${act}`, {}),
  commandLog: (id: string, ref: CommandRef, from: number): Promise<CommandLog> =>
    json<CommandLog>('GET', `${commandPath(id, ref)}/log?from=${from}`),
  allowCommands: (id: string, runs: AllowCommandsBody['runs']): Promise<CommandsView> =>
    json<CommandsView>('POST', `${labPath(id)}/commands/allow`, { runs }),
  processes: (id: string, node: string): Promise<NodeProcesses> =>
    json<NodeProcesses>('GET', `${nodePath(id, node)}/processes`),
  signalProcess: (id: string, node: string, body: SignalProcessBody): Promise<unknown> =>
    json('POST', `${nodePath(id, node)}/processes/signal`, body),
  ticket: async (): Promise<string> => (await json<TicketReply>('POST', '/tickets', {})).ticket,
};

function labPath(id: string): string {
  return `/labs/${encodeURIComponent(id)}`;
}

function nodePath(id: string, node: string): string {
  return `${labPath(id)}/nodes/${encodeURIComponent(node)}`;
}

function commandPath(id: string, { node, name }: CommandRef): string {
  return `${nodePath(id, node)}/commands/${encodeURIComponent(name)}`;
}

/**
 * The reply's shape is our own server's contract (packages/protocol, where its schema is tested against the server);
 * here it is taken at its word.
 */
async function json<Reply>(method: Method, path: string, body?: unknown, withinMs = timeoutMs): Promise<Reply> {
  const response = await send(method, path, body, withinMs);
  return (await response.json()) as Reply;
}

function send(method: Method, path: string, body?: unknown, withinMs = timeoutMs): Promise<Response> {
  const json = body === undefined ? null : { type: 'application/json', content: JSON.stringify(body) };
  return sendBody(method, path, json, withinMs);
}

interface Body {
  readonly type: string;
  readonly content: string | Blob;
}

async function sendBody(method: Method, path: string, body: Body | null, withinMs = timeoutMs): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(`/api/v1${path}`, {
      method,
      credentials: 'same-origin',
      signal: AbortSignal.timeout(withinMs),
      ...(body === null ? {} : { headers: { 'content-type': body.type }, body: body.content }),
    });
  } catch (cause) {
    throw new RequestFailed(unreachable, { cause });
  }
  if (response.ok) return response;
  throw new RequestFailed(problemFrom(response.status, await bodyOf(response)));
}

/** The problem document; null when something between us and the server answered in its own words. */
async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw new RequestFailed(unreachable, { cause: error });
  }
}
