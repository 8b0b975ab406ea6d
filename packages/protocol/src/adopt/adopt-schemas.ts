import { z } from 'zod';
import { diagnosticSchema, topologyDiffSchema, topologySchema } from '../schemas/document.js';

/** As long as a lab's name in its file may be. */
const labNameMaxLength = 100;

/** Characters of a script: far beyond any that a person pastes, and under the limit of a message. */
export const scriptMaxLength = 500_000;

/** More than a person picks by hand. */
const itemsMax = 10_000;

/** A name of a namespace has at most 255 bytes, that of an interface 15. */
const itemMaxLength = 300;

const requestId = z.string().min(1).max(100);
const items = z.array(z.string().max(itemMaxLength)).max(itemsMax).nullable();

export const adoptRequestSchemas = [
  z.strictObject({ type: z.literal('adopt'), requestId, items }),
  z.strictObject({ type: z.literal('set-follow'), requestId, follow: z.boolean() }),
] as const;

export const leftOutSchema = z.object({
  namespace: z.string(),
  ifname: z.string().exactOptional(),
  where: z.string(),
  what: z.string(),
  why: z.string(),
});

export const adoptReplySchema = z.object({
  revision: z.number(),
  summary: z.string(),
  warnings: z.array(diagnosticSchema),
  created: z.object({ nodes: z.array(z.string()), links: z.array(z.string()) }),
  diff: topologyDiffSchema,
  leftOut: z.array(leftOutSchema),
});

export const adoptAnswerSchema = z.object({
  type: z.literal('adopted'),
  requestId: z.string(),
  ...adoptReplySchema.shape,
});

export const followBroadcastSchema = z.object({ type: z.literal('follow'), seq: z.number(), follow: z.boolean() });

export const adoptBodySchema = z.strictObject({ items });
export const followBodySchema = z.strictObject({ follow: z.boolean() });

const ghostEnd = z.object({ namespace: z.string(), ifname: z.string() });

/** `GET /labs/{id}/ghosts` */
export const ghostsSchema = z.object({
  namespaces: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      kind: z.enum(['host', 'router', 'switch', 'internet']),
      whyNot: z.string().nullable(),
    }),
  ),
  pairs: z.array(z.object({ id: z.string(), ends: z.tuple([ghostEnd, ghostEnd]), whyNot: z.string().nullable() })),
  interfaces: z.array(z.object({ id: z.string(), ...ghostEnd.shape, type: z.string(), whyNot: z.string().nullable() })),
});

export const scriptReportSchema = z.object({
  end: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('exited'), exitCode: z.number() }),
    z.object({ kind: z.literal('signal'), signal: z.string() }),
    z.object({ kind: z.literal('timed-out'), limitMs: z.number() }),
  ]),
  failures: z.array(
    z.object({ line: z.number().nullable(), command: z.string(), message: z.string(), exitCode: z.number() }),
  ),
  moreFailures: z.number(),
  output: z.string(),
  outputCut: z.boolean(),
  topology: topologySchema,
  leftOut: z.array(leftOutSchema),
});

export const adoptOrderSchemas = [
  z.object({ type: z.literal('take-over'), diff: topologyDiffSchema, revision: z.number() }),
  z.object({
    type: z.literal('run-script'),
    id: z.string(),
    name: z.string(),
    script: z.string(),
    timeLimitMs: z.number(),
  }),
] as const;

export const scriptAnswerSchema = z.object({
  type: z.literal('script-ran'),
  id: z.string(),
  report: scriptReportSchema,
});

export const importScriptBodySchema = z.strictObject({
  name: z.string().trim().min(1).max(labNameMaxLength),
  script: z.string().max(scriptMaxLength),
  consent: z.literal(true),
});

export const importScriptReplySchema = z.object({ ...scriptReportSchema.shape, file: z.string() });
