import type { Diagnostic, Topology } from '@vethlab/topology';

/** What reading a lab file gave. */
export type ReadResult =
  | { readonly ok: true; readonly topology: Topology; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Lab file ⇄ document, away from the event loop. */
export interface FileCodec {
  read(text: string): Promise<ReadResult>;
  /** The text of the file; comments and order of `previousText` stay. */
  write(topology: Topology, previousText: string | null): Promise<string>;
  close(): Promise<void>;
}
