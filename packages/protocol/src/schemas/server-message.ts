import { z } from 'zod';
import { adoptAnswerSchema, followBroadcastSchema } from '../adopt/adopt-schemas.js';
import { liveMessageSchema } from '../inspect/live-schemas.js';
import {
  commandRefSchema,
  commandStatusSchema,
  commandsViewSchema,
  waitingCommandSchema,
} from '../processes/command-schemas.js';
import { terminalSessionSchema } from '../terminals/terminal-schemas.js';
import { applyReportSchema, driftItemSchema } from './apply.js';
import { diagnosticSchema, topologyDiffSchema, topologySchema } from './document.js';
import { kernelFeatureSchema } from './feature.js';
import { foreignRecord } from './foreign-record.js';
import { labModeSchema, progressSchema, runStateSchema } from './lab.js';
import { observedDeltaSchema, observedSchema } from './observed.js';
import { probeSampleSchema, reachReportSchema } from './probe.js';
import { stepSchema } from './step.js';

export const rateSchema = z.object({ rxBitsPerSecond: z.number(), txBitsPerSecond: z.number() });

const requestId = z.string();
const seq = z.number();
const diagnostics = z.array(diagnosticSchema);

const snapshotSchema = z.object({
  type: z.literal('snapshot'),
  protocol: z.number(),
  seq,
  labId: z.string(),
  clientId: z.string(),
  revision: z.number(),
  appliedRevision: z.number(),
  topology: topologySchema,
  diagnostics,
  mode: labModeSchema,
  follow: z.boolean(),
  run: runStateSchema,
  progress: progressSchema.nullable(),
  observed: observedSchema,
  drift: z.array(driftItemSchema),
  features: z.array(kernelFeatureSchema),
  probes: z.array(probeSampleSchema),
  rates: foreignRecord(rateSchema),
  lastApply: applyReportSchema.nullable(),
  terminals: z.array(terminalSessionSchema),
  commands: commandsViewSchema,
  clients: z.number(),
  saveError: z.string().nullable(),
});

const documentBroadcast = z.object({
  type: z.literal('document'),
  seq,
  revision: z.number(),
  diff: topologyDiffSchema,
  author: z.string().nullable(),
  summary: z.string(),
  diagnostics,
  adopted: z.literal(true).exactOptional(),
});

const broadcastSchema = z.discriminatedUnion('type', [
  documentBroadcast,
  z.object({ type: z.literal('observed'), seq, delta: observedDeltaSchema }),
  z.object({ type: z.literal('run'), seq, run: runStateSchema, progress: progressSchema.nullable() }),
  z.object({ type: z.literal('mode'), seq, mode: labModeSchema }),
  followBroadcastSchema,
  z.object({ type: z.literal('applied'), seq, report: applyReportSchema }),
  z.object({ type: z.literal('drift'), seq, items: z.array(driftItemSchema) }),
  z.object({ type: z.literal('features'), seq, features: z.array(kernelFeatureSchema), diagnostics }),
  z.object({ type: z.literal('probes'), seq, samples: z.array(probeSampleSchema) }),
  z.object({ type: z.literal('rates'), seq, rates: foreignRecord(rateSchema) }),
  z.object({ type: z.literal('clients'), seq, clients: z.number() }),
  z.object({ type: z.literal('terminals'), seq, terminals: z.array(terminalSessionSchema) }),
  z.object({
    type: z.literal('commands'),
    seq,
    statuses: z.array(commandStatusSchema),
    gone: z.array(commandRefSchema),
  }),
  z.object({ type: z.literal('consent'), seq, waiting: z.array(waitingCommandSchema) }),
  z.object({ type: z.literal('saved'), seq, saveError: z.string().nullable() }),
  z.object({ type: z.literal('deleted'), seq }),
]);

const acceptedAnswer = z.object({
  type: z.literal('accepted'),
  requestId,
  revision: z.number(),
  summary: z.string(),
  warnings: diagnostics,
  created: z.object({ nodes: z.array(z.string()), links: z.array(z.string()) }),
  diff: topologyDiffSchema,
});

const answerSchema = z.discriminatedUnion('type', [
  acceptedAnswer,
  z.object({ type: z.literal('stale'), requestId, revision: z.number(), changed: z.array(topologyDiffSchema) }),
  z.object({ type: z.literal('invalid'), requestId, diagnostics }),
  z.object({ type: z.literal('plan'), requestId, steps: z.array(stepSchema) }),
  z.object({ type: z.literal('reach-progress'), requestId, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('reach'), requestId, report: reachReportSchema }),
  adoptAnswerSchema,
  z.object({ type: z.literal('done'), requestId }),
  z.object({ type: z.literal('pong'), requestId }),
  z.object({ type: z.literal('failed'), requestId, code: z.string(), detail: z.string() }),
]);

const streamErrorSchema = z.object({ type: z.literal('error'), code: z.string(), detail: z.string() });

/** Server → browser. Lenient about fields it does not know, so that a tab survives a small update of the server. */
export const serverMessageSchema = z.discriminatedUnion('type', [
  snapshotSchema,
  broadcastSchema,
  answerSchema,
  liveMessageSchema,
  streamErrorSchema,
]);
