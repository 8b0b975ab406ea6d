import { z } from 'zod';
import { diagnosticSchema } from './document.js';
import { stepSchema } from './step.js';

const stepFailureSchema = z.object({
  step: stepSchema,
  errno: z.string().nullable(),
  message: z.string(),
  commands: z.array(z.string()),
  skipped: z.array(z.string()),
});

/** What became of an apply. */
export const applyReportSchema = z.object({
  revision: z.number(),
  steps: z.number(),
  operations: z.number(),
  ms: z.number(),
  failures: z.array(stepFailureSchema),
  differences: z.array(z.string()),
  plan: z.array(stepSchema),
  conflicts: z.array(diagnosticSchema).exactOptional(),
});

/** A difference between document and kernel that no edit made. */
export const driftItemSchema = z.object({
  kind: z.enum(['missing', 'changed', 'unexpected']),
  namespace: z.string(),
  ifname: z.string().exactOptional(),
  description: z.string(),
  repair: stepSchema,
});
