import { randomUUID } from 'node:crypto';
import {
  type DriftReply,
  type LabReply,
  modeBodySchema,
  type ObservedReply,
  type PlanReply,
  type ProbesReply,
  type ReachReport,
  reachBodySchema,
  repairBodySchema,
  type ScriptReply,
} from '@vethlab/protocol';
import { parseBody } from '../json-body.js';
import { type Call, FinishedText, type Services } from './call.js';

export function startLab({ shelf }: Services, call: Call): LabReply {
  const lab = shelf.get(call.id);
  lab.run.start();
  return lab.reply();
}

export async function stopLab({ shelf }: Services, call: Call): Promise<LabReply> {
  const lab = shelf.get(call.id);
  await lab.run.stop();
  return lab.reply();
}

export function setLabMode({ shelf }: Services, call: Call): LabReply {
  const lab = shelf.get(call.id);
  lab.setMode(parseBody(modeBodySchema, call.json).mode);
  return lab.reply();
}

export function readObserved({ shelf }: Services, call: Call): ObservedReply {
  const { run, mirror } = shelf.get(call.id);
  return {
    run: run.state,
    appliedRevision: run.appliedRevision,
    observed: mirror.observed,
    lastApply: mirror.lastApply,
    features: mirror.features,
  };
}

/** Without a kernel to ask, as `vethlab plan FILE` does it: against an empty sandbox, which is where the lab would start. */
export async function planLab({ shelf, codec }: Services, call: Call): Promise<PlanReply | FinishedText> {
  const lab = shelf.get(call.id);
  if (lab.run.hasKernel) return { against: 'running', steps: await lab.run.plan() };
  return new FinishedText('application/json', `{"against":"empty","steps":${await codec.plan(lab.topology)}}`);
}

export async function scriptOfLab({ shelf, codec }: Services, call: Call): Promise<ScriptReply> {
  return { script: await codec.script(shelf.get(call.id).topology) };
}

export async function applyLab({ shelf }: Services, call: Call): Promise<LabReply> {
  const lab = shelf.get(call.id);
  await lab.run.apply();
  return lab.reply();
}

export function readDrift({ shelf }: Services, call: Call): DriftReply {
  return { items: shelf.get(call.id).mirror.drift };
}

export async function repairDrift({ shelf }: Services, call: Call): Promise<DriftReply> {
  const lab = shelf.get(call.id);
  const { items } = parseBody(repairBodySchema, call.json ?? {});
  await lab.run.repair(items ?? null);
  return { items: lab.mirror.drift };
}

export function readProbes({ shelf }: Services, call: Call): ProbesReply {
  return { samples: shelf.get(call.id).mirror.probes };
}

export async function reachLab({ shelf }: Services, call: Call): Promise<ReachReport> {
  const { family } = parseBody(reachBodySchema, call.json ?? {});
  return shelf.get(call.id).run.reach(`rest-${randomUUID()}`, family ?? 4);
}
