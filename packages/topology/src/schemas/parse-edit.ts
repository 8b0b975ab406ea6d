import type { Edit } from '../edits/edit.js';
import type { Diagnostic } from '../model/diagnostic.js';
import { maximumNodes } from '../model/limits.js';
import { diagnostic } from '../model/problem.js';
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
  const nodes = addedNodes(data);
  if (nodes > maximumNodes) {
    const detail = `The batch adds ${nodes} nodes; at most ${maximumNodes} fit into a lab.`;
    return { ok: false, diagnostics: [diagnostic('limit.nodes', [], detail)] };
  }
  return parseForeign(editSchema, data);
}

/** Nodes that a batch would add. Counting takes a fraction of the time of parsing, so far too many are refused first. */
function addedNodes(data: unknown): number {
  let count = 0;
  const batches = [data];
  for (let batch = batches.pop(); batch !== undefined; batch = batches.pop()) {
    const { edits } = Object(batch) as { readonly edits?: unknown };
    if (!Array.isArray(edits)) continue;
    for (const edit of edits) {
      const { type } = Object(edit) as { readonly type?: unknown };
      if (type === 'add-node') count += 1;
      else if (type === 'batch') batches.push(edit);
    }
  }
  return count;
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
