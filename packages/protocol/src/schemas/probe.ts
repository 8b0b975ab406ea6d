import type { ProbeKey } from '@vethlab/topology';
import { z } from 'zod';

const pingOutcomeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('reply'), rttMs: z.number() }),
  z.object({ kind: z.literal('timeout') }),
  z.object({ kind: z.literal('no-route') }),
  z.object({ kind: z.literal('refused') }),
  z.object({
    kind: z.literal('unreachable'),
    from: z.string(),
    what: z.enum(['network', 'host', 'protocol', 'port', 'prohibited', 'other']),
  }),
  z.object({ kind: z.literal('time-exceeded'), from: z.string() }),
  z.object({ kind: z.literal('error'), message: z.string() }),
]);

/** `from>to`; the agent took it from a checked document, so only the shape is read. */
const probeKey = z.templateLiteral([z.string(), '>', z.string()]) as unknown as z.ZodType<ProbeKey, string>;

/** What became of one echo request of a probe. */
export const probeSampleSchema = z.object({
  key: probeKey,
  sequence: z.number(),
  outcome: pingOutcomeSchema,
});

/** All hosts to all hosts, once. */
export const reachReportSchema = z.object({
  nodes: z.array(z.string()),
  cells: z.array(z.object({ from: z.string(), to: z.string(), address: z.string(), outcome: pingOutcomeSchema })),
  tookMs: z.number(),
});
