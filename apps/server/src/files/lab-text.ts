import { parseLabFile, serializeLabFile, type Topology } from '@vethlab/topology';
import type { ReadResult } from './file-codec.js';

/** A lab file's text as a document, or all that is wrong with it, with line and column. */
export function readLabText(text: string): ReadResult {
  const { topology, diagnostics } = parseLabFile(text);
  return topology === null ? { ok: false, diagnostics } : { ok: true, topology, diagnostics };
}

/** The text of a document's file; comments and order of `previousText` stay, and a save without changes is byte-identical. */
export function writeLabText(topology: Topology, previousText: string | null): string {
  return serializeLabFile(topology, previousText ?? undefined);
}
