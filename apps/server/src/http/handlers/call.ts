import type { Tickets } from '../../auth/tickets.js';
import type { FileCodec } from '../../files/file-codec.js';
import type { HostSide } from '../../host/host-side.js';
import type { ScriptRunner } from '../../import/script-runner.js';
import type { Example } from '../../labs/examples.js';
import type { LabShelf } from '../../labs/lab-shelf.js';

/** What handlers work with. */
export interface Services {
  readonly shelf: LabShelf;
  readonly codec: FileCodec;
  readonly tickets: Tickets;
  readonly examples: () => Promise<readonly Example[]>;
  /** Null: labs run in sandboxes. */
  readonly hostSide: HostSide | null;
  readonly scripts: ScriptRunner;
}

/** One request to the REST API, read and bounded, before its body is checked. */
export interface Call {
  /** The `{id}` of the path; empty when it has none. */
  readonly id: string;
  /** Other parameters of the path, decoded: `name` of a node. */
  readonly params: Readonly<Record<string, string>>;
  /** What stands behind the question mark; of a key that is there more than once, the last. */
  readonly query: URLSearchParams;
  /** The JSON of the body; `undefined` without one. */
  readonly json: unknown;
  /** The text of a lab file, when the body is one. */
  readonly yaml: string | null;
  readonly wantsYaml: boolean;
}

/** An answer that is text already: the text of a lab file, or JSON that was made away from the event loop. */
export class FinishedText {
  readonly contentType: 'application/json' | 'application/yaml';
  readonly text: string;

  constructor(contentType: FinishedText['contentType'], text: string) {
    this.contentType = contentType;
    this.text = text;
  }
}

/** Gives the reply of the endpoint, or throws a `ProblemError`. */
export type Handler = (services: Services, call: Call) => unknown | Promise<unknown>;
