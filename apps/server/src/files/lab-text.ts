import { topologySchema, type Topology } from '@vethlab/topology';
import type { ReadResult } from './file-codec.js';
// TEMPORARY until packages/topology exports its lab file functions.
export function readLabText(text: string): ReadResult {
  try {
    const p = topologySchema.safeParse(JSON.parse(text.replace(/^#.*$/gm, '')));
    if (p.success) return { ok: true, topology: p.data, diagnostics: [] };
  } catch {
    /* below */
  }
  return {
    ok: false,
    diagnostics: [{ code: 'file.yaml', severity: 'error', summary: 'x', detail: 'x', path: [], line: 1, column: 1 }],
  };
}
export function writeLabText(topology: Topology, _previous: string | null): string {
  return JSON.stringify(topology, null, 1);
}
export function diagnosticsOfIssues(issues: readonly { message: string }[], _input: unknown) {
  return issues.map((i) => ({
    code: 'shape.value',
    severity: 'error' as const,
    summary: 'x',
    detail: i.message,
    path: [],
  }));
}
