import type { Edit } from '../edits/edit.js';

export type Severity = 'error' | 'warning' | 'info';

/** Steps from the root of the document to the place: `['nodes', 'ns1', 'interfaces', 'eth0', 'addresses', 0]`. */
export type DocumentPath = readonly (string | number)[];

/** A problem told to a person. Never thrown; collected, so that all of them are seen at once. */
export interface Diagnostic {
  /** Stable, listed in docs/diagnostics.md: `address.not-canonical`. */
  readonly code: string;
  readonly severity: Severity;
  /** Fixed text per code, one sentence. */
  readonly summary: string;
  /** What, why and how to mend it, with the values at hand. */
  readonly detail: string;
  readonly path: DocumentPath;
  /** Where in a lab file, counted from 1. */
  readonly line?: number;
  readonly column?: number;
  readonly fix?: Fix;
}

/** A mending that is one step: a value that would work at the path, or an edit. */
export interface Fix {
  readonly label: string;
  readonly value?: string;
  readonly edit?: Edit;
}
