import type { LeftOut } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';

/** A line of a script that failed. */
export interface ScriptFailure {
  /** From 1; null when the shell did not say. */
  readonly line: number | null;
  /** The command as the shell understood it; empty when it could not be read. */
  readonly command: string;
  /** What the command or the shell said; empty when it said nothing. */
  readonly message: string;
  readonly exitCode: number;
}

/** How a script ended: by itself, by a signal, or because its time was up. */
export type ScriptEnd =
  | { readonly kind: 'exited'; readonly exitCode: number }
  | { readonly kind: 'signal'; readonly signal: string }
  | { readonly kind: 'timed-out'; readonly limitMs: number };

/** What came of a script that ran in a sandbox of its own. */
export interface ScriptReport {
  readonly end: ScriptEnd;
  /** In the order in which they happened, at most 200. */
  readonly failures: readonly ScriptFailure[];
  /** Failures beyond those told. */
  readonly moreFailures: number;
  /** What it printed, standard output and errors as they came; at most 256 KB. */
  readonly output: string;
  readonly outputCut: boolean;
  /** What came to be, as a document. */
  readonly topology: Topology;
  /** What came to be and cannot be in the document. */
  readonly leftOut: readonly LeftOut[];
}

/** `POST /labs/import-script`. `consent`: a person has seen the script and wants it to be run. */
export interface ImportScriptBody {
  readonly name: string;
  readonly script: string;
  readonly consent: true;
}

/** Nothing is kept: the file is made a lab with `POST /labs`. */
export interface ImportScriptReply extends ScriptReport {
  /** The text of the lab file. */
  readonly file: string;
}
