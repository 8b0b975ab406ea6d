import {
  allowCommandsBodySchema,
  type CommandAct,
  type CommandLog,
  type CommandStatus,
  type CommandsView,
  type NodeProcesses,
  type SignalProcessReply,
  signalProcessBodySchema,
} from '@vethlab/protocol';
import { commandOf, nodeOf } from '@vethlab/topology';
import type { Lab } from '../../labs/lab.js';
import { parseBody } from '../json-body.js';
import { ProblemError } from '../problem-error.js';
import type { Call, Services } from './call.js';

/** A command has 3 seconds to end before it is ended; some more for a machine that is busy. */
const actMaxMs = 15_000;

export function listCommands({ shelf }: Services, call: Call): CommandsView {
  return shelf.get(call.id).commands.view();
}

export function allowCommands({ shelf }: Services, call: Call): CommandsView {
  const { commands } = shelf.get(call.id);
  const { runs } = parseBody(allowCommandsBodySchema, call.json);
  commands.allow(runs.map((one) => (Array.isArray(one) ? { run: one } : one)));
  return commands.view();
}

export function startCommand(services: Services, call: Call): Promise<CommandStatus> {
  return act(services, call, 'start');
}

export function stopCommand(services: Services, call: Call): Promise<CommandStatus> {
  return act(services, call, 'stop');
}

export function restartCommand(services: Services, call: Call): Promise<CommandStatus> {
  return act(services, call, 'restart');
}

export async function readCommandLog({ shelf }: Services, call: Call): Promise<CommandLog> {
  const lab = shelf.get(call.id);
  const from = readOffset(call.query.get('from'));
  return (await lab.run.ask({ type: 'command-log', ...refIn(lab, call), from })).log;
}

export async function listProcesses({ shelf }: Services, call: Call): Promise<NodeProcesses> {
  const lab = shelf.get(call.id);
  return (await lab.run.ask({ type: 'processes', node: nodeIn(lab, call) })).list;
}

export async function signalProcess({ shelf }: Services, call: Call): Promise<SignalProcessReply> {
  const lab = shelf.get(call.id);
  const order = parseBody(signalProcessBodySchema, call.json);
  await lab.run.ask({ type: 'process-signal', node: nodeIn(lab, call), ...order });
  return { signalled: true };
}

async function act({ shelf }: Services, call: Call, what: CommandAct): Promise<CommandStatus> {
  const lab = shelf.get(call.id);
  return (await lab.run.ask({ type: 'command-act', ...refIn(lab, call), act: what }, { timeoutMs: actMaxMs })).status;
}

/** A node of the document, or a namespace that somebody made by typing. */
function nodeIn(lab: Lab, call: Call): string {
  const node = call.params.name ?? '';
  if (nodeOf(lab.topology, node) !== null || Object.hasOwn(lab.mirror.observed.namespaces, node)) return node;
  throw new ProblemError(404, 'node.unknown', `The lab has no node ${JSON.stringify(node)}.`);
}

function refIn(lab: Lab, call: Call): { readonly node: string; readonly name: string } {
  const node = nodeIn(lab, call);
  const name = call.params.command ?? '';
  if (commandOf(lab.topology, node, name) !== null) return { node, name };
  throw new ProblemError(404, 'command.unknown', `${node} has no command ${JSON.stringify(name)}.`);
}

function readOffset(text: string | null): number {
  if (text === null) return 0;
  const from = Number(text);
  if (/^\d{1,15}$/.test(text)) return from;
  throw new ProblemError(422, 'request.query', '"from" is a number of bytes: `next` of an earlier answer.');
}
