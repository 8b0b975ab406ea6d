import { type AcceptedReply, editBodySchema, renameLabBodySchema, replaceLabBodySchema } from '@vethlab/protocol';
import { diffTopologies, parseEdit, parseForeign, type Topology, topologySchema } from '@vethlab/topology';
import { z } from 'zod';
import type { EditReply } from '../../labs/edit-reply.js';
import type { Lab } from '../../labs/lab.js';
import { replaceFile } from '../../labs/replace-file.js';
import { parseBody } from '../json-body.js';
import { ProblemError } from '../problem-error.js';
import type { Call, Services } from './call.js';

/** The edit is looked at after the rest, because what is wrong with it is told as diagnostics. */
const envelope = z.strictObject({ ...editBodySchema.shape, edit: z.unknown() });

export function editLab({ shelf }: Services, call: Call): AcceptedReply {
  const lab = shelf.get(call.id);
  const { baseRevision, edit, takeOver } = parseBody(envelope, call.json);
  const parsed = parseEdit(edit);
  if (!parsed.ok)
    throw new ProblemError(422, 'lab.invalid', 'The edit is not valid.', { diagnostics: parsed.diagnostics });
  return acceptedOrThrow(lab.edit(parsed.value, baseRevision, null, takeOver));
}

export function renameLab({ shelf }: Services, call: Call): AcceptedReply {
  const lab = shelf.get(call.id);
  const { name } = parseBody(renameLabBodySchema, call.json);
  return acceptedOrThrow(lab.edit({ type: 'set-lab-name', name }, lab.revision, null));
}

export async function replaceLab({ shelf, codec }: Services, call: Call): Promise<AcceptedReply> {
  const lab = shelf.get(call.id);
  const body = call.yaml === null ? parseBody(replaceLabBodySchema, call.json) : { file: call.yaml };
  checkBase(lab, body.baseRevision);
  if (!('file' in body)) return replaceDocument(lab, body.topology);
  const read = await codec.read(body.file);
  if (!read.ok)
    throw new ProblemError(422, 'lab.invalid', 'The lab file has mistakes.', { diagnostics: read.diagnostics });
  return acceptedOrThrow(await replaceFile(lab, body.file, read.topology));
}

function replaceDocument(lab: Lab, document: unknown): AcceptedReply {
  const parsed = parseForeign(topologySchema, document);
  if (!parsed.ok)
    throw new ProblemError(422, 'lab.invalid', 'The document is not valid.', { diagnostics: parsed.diagnostics });
  const topology: Topology = parsed.value;
  const diff = diffTopologies(lab.topology, topology);
  return acceptedOrThrow(lab.edit({ type: 'apply-diff', diff }, lab.revision, null));
}

function checkBase(lab: Lab, baseRevision: number | undefined): void {
  if (baseRevision === undefined || baseRevision === lab.revision) return;
  throw stale(lab.revision, lab.changedSince(baseRevision) ?? []);
}

function acceptedOrThrow(reply: EditReply): AcceptedReply {
  if (reply.type === 'accepted') return reply;
  if (reply.type === 'stale') throw stale(reply.revision, reply.changed);
  throw new ProblemError(422, 'lab.invalid', 'The edit does not fit this lab.', { diagnostics: reply.diagnostics });
}

function stale(revision: number, changed: Extract<EditReply, { type: 'stale' }>['changed']): ProblemError {
  const detail = `The lab is at revision ${revision} and what changed does not go with this. Read it again and repeat.`;
  return new ProblemError(409, 'lab.stale', detail, { revision, changed });
}
