import type { Diagnostic } from '../model/diagnostic.js';
import { editSchema } from './edit-schema.js';
import { strictObject, z } from './strict-zod.js';

const fixSchema = strictObject({
  label: z.string(),
  value: z.string().exactOptional(),
  edit: editSchema.exactOptional(),
});

/** A problem told to a person, as on the wire. */
export const diagnosticSchema: z.ZodType<Diagnostic> = strictObject({
  code: z.string(),
  severity: z.enum(['error', 'warning', 'info']),
  summary: z.string(),
  detail: z.string(),
  path: z.array(z.union([z.string(), z.number()])),
  line: z.int().exactOptional(),
  column: z.int().exactOptional(),
  fix: fixSchema.exactOptional(),
});
