import { z } from 'zod';
import { scriptAnswerSchema } from '../adopt/adopt-schemas.js';
import { liveMessageSchema, lookAnswerSchema } from '../inspect/live-schemas.js';
import { outsideOrderSchemas } from '../outside/outside-schemas.js';
import { commandNewsSchemas } from '../processes/command-schemas.js';
import { terminalNewsSchemas } from '../terminals/terminal-schemas.js';
import { applyReportSchema, driftItemSchema } from './apply.js';
import { kernelFeatureSchema } from './feature.js';
import { foreignRecord } from './foreign-record.js';
import { hostAnswerSchemas } from './host.js';
import { progressSchema } from './lab.js';
import { observedDeltaSchema } from './observed.js';
import { probeSampleSchema, reachReportSchema } from './probe.js';
import { rateSchema } from './server-message.js';
import { stepSchema } from './step.js';

const id = z.string();

const agentFiguresSchema = z.object({
  rssBytes: z.number(),
  heapUsedBytes: z.number(),
  cpuUserMicroseconds: z.number(),
  cpuSystemMicroseconds: z.number(),
  eventLoopMaxDelayMs: z.number(),
  lastCountersSweepMs: z.number().nullable(),
});

/** Agent → server. Lenient: what the kernel said is passed on, whatever it looks like. */
export const fromAgentSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), protocol: z.number(), pid: z.number() }),
  z.object({ type: z.literal('features'), features: z.array(kernelFeatureSchema) }),
  z.object({ type: z.literal('observed'), delta: observedDeltaSchema }),
  z.object({ type: z.literal('progress'), progress: progressSchema.nullable() }),
  z.object({ type: z.literal('applied'), report: applyReportSchema }),
  z.object({ type: z.literal('drift'), items: z.array(driftItemSchema) }),
  z.object({ type: z.literal('probes'), samples: z.array(probeSampleSchema) }),
  z.object({ type: z.literal('rates'), rates: foreignRecord(rateSchema) }),
  z.object({ type: z.literal('plan'), id, steps: z.array(stepSchema) }),
  z.object({ type: z.literal('repaired'), id, report: applyReportSchema }),
  z.object({ type: z.literal('reach-progress'), id, done: z.number(), total: z.number() }),
  z.object({ type: z.literal('reach'), id, report: reachReportSchema }),
  liveMessageSchema,
  lookAnswerSchema,
  ...hostAnswerSchemas,
  scriptAnswerSchema,
  ...terminalNewsSchemas,
  ...commandNewsSchemas,
  ...outsideOrderSchemas,
  z.object({ type: z.literal('exited'), id, exitCode: z.number() }),
  z.object({ type: z.literal('torn-down'), id, ms: z.number() }),
  z.object({ type: z.literal('figures'), id, figures: agentFiguresSchema }),
  z.object({ type: z.literal('refused'), id, code: z.string(), detail: z.string() }),
  z.object({
    type: z.literal('log'),
    level: z.enum(['info', 'warn', 'error']),
    message: z.string(),
    data: foreignRecord(z.unknown()).exactOptional(),
  }),
  z.object({ type: z.literal('fatal'), code: z.string(), reason: z.string(), remedy: z.string() }),
]);
