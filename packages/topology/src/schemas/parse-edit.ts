import type { Edit } from '../edits/edit.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Topology } from '../model/topology.js';
import { errorsOf } from '../validation/validate.js';
import { unfitValue } from './bounded-value.js';
import { editSchema } from './edit-schema.js';
import { diagnosticsOfIssues } from './issues.js';
import type { z } from './strict-zod.js';
import { topologySchema } from './topology-schema.js';

export type ParsedForeign<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Foreign data to an edit. Every problem is told at its path in the data. Never throws. */
export function parseEdit(data: unknown): ParsedForeign<Edit> {
  return parseForeign(editSchema, data);
}

/** Foreign data to a document without errors, as the server takes it over HTTP. */
export function parseTopology(data: unknown): ParsedForeign<Topology> {
  const parsed = parseForeign(topologySchema, data);
  if (!parsed.ok) return parsed;
  const diagnostics = errorsOf(parsed.value);
  return diagnostics.length > 0 ? { ok: false, diagnostics } : parsed;
}

/** Foreign data through one of the schemas of this package. */
export function parseForeign<Value>(schema: z.ZodType<Value>, data: unknown): ParsedForeign<Value> {
  const unfit = unfitValue(data);
  if (unfit !== null) return { ok: false, diagnostics: [unfit] };
  const parsed = schema.safeParse(data, { reportInput: true });
  if (parsed.success) return { ok: true, value: parsed.data };
  return { ok: false, diagnostics: diagnosticsOfIssues(parsed.error.issues) };
}
