import type { Tickets } from '../../auth/tickets.js';
import type { FileCodec } from '../../files/file-codec.js';
import type { Example } from '../../labs/examples.js';
import type { LabShelf } from '../../labs/lab-shelf.js';

/** What handlers work with. */
export interface Services {
  readonly shelf: LabShelf;
  readonly codec: FileCodec;
  readonly tickets: Tickets;
  readonly examples: () => Promise<readonly Example[]>;
}

/** One request to the REST API, read and bounded, before its body is checked. */
export interface Call {
  /** The `{id}` of the path; empty when it has none. */
  readonly id: string;
  /** The JSON of the body; `undefined` without one. */
  readonly json: unknown;
  /** The text of a lab file, when the body is one. */
  readonly yaml: string | null;
  readonly wantsYaml: boolean;
}

/** An answer that is the text of a lab file. */
export class YamlText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** Gives the reply of the endpoint, or throws a `ProblemError`. */
export type Handler = (services: Services, call: Call) => unknown | Promise<unknown>;
