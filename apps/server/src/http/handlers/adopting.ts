import { ghostsOf } from '@vethlab/planner';
import {
  type AdoptReply,
  adoptBodySchema,
  followBodySchema,
  type ImportScriptReply,
  importScriptBodySchema,
  type LabReply,
} from '@vethlab/protocol';
import { parseText } from '@vethlab/topology';
import { parseBody } from '../json-body.js';
import { ProblemError } from '../problem-error.js';
import type { Call, Services } from './call.js';

export function adoptInLab({ shelf }: Services, call: Call): Promise<AdoptReply> {
  const lab = shelf.get(call.id);
  return lab.adopter.adopt(parseBody(adoptBodySchema, call.json).items, null);
}

export function setLabFollow({ shelf }: Services, call: Call): LabReply {
  const lab = shelf.get(call.id);
  lab.adopter.setFollow(parseBody(followBodySchema, call.json).follow, null);
  return lab.reply();
}

export function readGhosts({ shelf }: Services, call: Call): ReturnType<typeof ghostsOf> {
  const lab = shelf.get(call.id);
  return ghostsOf(lab.topology, lab.mirror.observed);
}

export async function importScript({ scripts, codec }: Services, call: Call): Promise<ImportScriptReply> {
  const { name, script } = parseBody(importScriptBodySchema, call.json);
  const parsed = parseText(name);
  if (!parsed.ok) throw new ProblemError(422, 'request.body', parsed.problem.detail, { path: ['name'] });
  const report = await scripts.run(parsed.value, script);
  return { ...report, file: await codec.write(report.topology, null) };
}
