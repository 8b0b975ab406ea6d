import type { Diagnostic, Topology } from '@vethlab/topology';

/** What reading a lab file gave. */
export type ReadResult =
  | { readonly ok: true; readonly topology: Topology; readonly diagnostics: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Lab file ⇄ document, and what else is made of a whole document, away from the event loop. */
export interface FileCodec {
  read(text: string): Promise<ReadResult>;
  /** The text of the file; comments and order of `previousText` stay. */
  write(topology: Topology, previousText: string | null): Promise<string>;
  /** The steps that build the lab where nothing of it is there yet, as JSON text: an array of `Step`. */
  plan(topology: Topology): Promise<string>;
  /** A stand-alone shell script that builds the same lab. */
  script(topology: Topology): Promise<string>;
  close(): Promise<void>;
}
