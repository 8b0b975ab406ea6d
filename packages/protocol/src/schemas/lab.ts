import { z } from 'zod';
import { diagnosticSchema } from './document.js';

/** Opaque, URL-safe, and the name of the file on disk: never a path. */
export const labIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'expected a lab id such as two-hosts');

export const labModeSchema = z.enum(['live', 'held']);

export const runStateSchema = z.discriminatedUnion('state', [
  z.object({ state: z.literal('stopped') }),
  z.object({ state: z.literal('starting') }),
  z.object({ state: z.literal('running') }),
  z.object({ state: z.literal('restarting'), reason: z.string() }),
  z.object({
    state: z.literal('failed'),
    code: z.string(),
    reason: z.string(),
    remedy: z.string(),
    conflicts: z.array(diagnosticSchema).exactOptional(),
  }),
]);

export const progressSchema = z.object({
  phase: z.enum(['apply', 'observe', 'teardown']),
  done: z.number(),
  total: z.number(),
});

export const labSummarySchema = z.object({
  id: labIdSchema,
  name: z.string(),
  nodes: z.number(),
  links: z.number(),
  changedAtMs: z.number(),
  run: z.enum(['stopped', 'starting', 'running', 'restarting', 'failed']),
  broken: z.array(diagnosticSchema).exactOptional(),
});

export const exampleSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  topics: z.array(z.string()),
  nodes: z.number(),
  links: z.number(),
});
