import {
  createLabBodySchema,
  type DeletedReply,
  duplicateLabBodySchema,
  type ExampleListReply,
  type LabListReply,
  type LabReply,
  type TicketReply,
} from '@vethlab/protocol';
import { applyEdit, emptyTopology, type Topology } from '@vethlab/topology';
import type { FileCodec } from '../../files/file-codec.js';
import { ticketLifeMs } from '../../limits.js';
import { parseBody } from '../json-body.js';
import { ProblemError } from '../problem-error.js';
import { type Call, FinishedText, type Services } from './call.js';

/** A lab's name has at most this many characters (packages/topology). */
const labNameMaxLength = 100;

export function createTicket({ tickets }: Services): TicketReply {
  return { ticket: tickets.issue(), expiresInMs: ticketLifeMs };
}

export async function listExamples({ examples }: Services): Promise<ExampleListReply> {
  return { examples: (await examples()).map(({ text: _text, ...summary }) => summary) };
}

export function listLabs({ shelf, hostSide }: Services): LabListReply {
  return { labs: shelf.list(), runtime: hostSide === null ? 'sandbox' : 'host' };
}

export async function createLab(services: Services, call: Call): Promise<LabReply> {
  const { codec, shelf } = services;
  const body = call.yaml === null ? parseBody(createLabBodySchema, call.json) : { file: call.yaml };
  if (!('file' in body) && !('example' in body)) {
    const topology = renamed(emptyTopology('lab'), body.name);
    return (await shelf.create(topology.name, await codec.write(topology, null))).reply();
  }
  const text = 'file' in body ? body.file : await exampleText(services, body.example);
  const read = await codec.read(text);
  if (!read.ok)
    throw new ProblemError(422, 'lab.invalid', 'The lab file has mistakes.', { diagnostics: read.diagnostics });
  if (body.name === undefined || body.name === read.topology.name) {
    return (await shelf.create(read.topology.name, text)).reply();
  }
  return (await createRenamed(services, read.topology, body.name, text)).reply();
}

export async function readLab({ shelf, codec }: Services, call: Call): Promise<LabReply | FinishedText> {
  const lab = shelf.get(call.id);
  if (!call.wantsYaml) return lab.reply();
  // Not what is on disk: that may be a moment behind.
  return new FinishedText('application/yaml', await codec.write(lab.topology, lab.file.text));
}

export async function deleteLab({ shelf }: Services, call: Call): Promise<DeletedReply> {
  return { trash: await shelf.remove(call.id) };
}

export async function duplicateLab(services: Services, call: Call): Promise<LabReply> {
  const lab = services.shelf.get(call.id);
  const body = parseBody(duplicateLabBodySchema, call.json ?? {});
  const name = body.name ?? `Copy of ${lab.topology.name}`.slice(0, labNameMaxLength);
  const copy = await createRenamed(services, lab.topology, name, lab.file.text);
  copy.commands.allowAsIn(lab.commands);
  return copy.reply();
}

async function createRenamed({ shelf, codec }: Services, topology: Topology, name: string, text: string) {
  return shelf.create(name, await writeRenamed(codec, topology, name, text));
}

async function writeRenamed(codec: FileCodec, topology: Topology, name: string, text: string): Promise<string> {
  return codec.write(renamed(topology, name), text);
}

function renamed(topology: Topology, name: string): Topology {
  if (topology.name === name) return topology;
  const result = applyEdit(topology, { type: 'set-lab-name', name });
  if (result.ok) return result.topology;
  throw new ProblemError(422, 'lab.invalid', 'The name cannot be used.', { diagnostics: result.diagnostics });
}

async function exampleText({ examples }: Services, id: string): Promise<string> {
  const example = (await examples()).find((candidate) => candidate.id === id);
  if (example === undefined)
    throw new ProblemError(404, 'example.unknown', `There is no example ${JSON.stringify(id)}.`);
  return example.text;
}
