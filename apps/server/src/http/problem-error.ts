import type { Problem } from '@vethlab/protocol';

/** Fixed sentences per code; the detail says what, why and how to mend it. Listed in docs/diagnostics.md. */
export const problemTitles = {
  'request.host': 'This is not a name of this server',
  'request.origin': 'The request came from another site',
  'request.token': 'The token is missing or wrong',
  'request.too-large': 'The body is too large',
  'request.not-json': 'The body is not JSON',
  'request.too-deep': 'The body is nested too deeply',
  'request.too-many-keys': 'The body has too many keys',
  'request.repeated-key': 'A key is there twice',
  'request.body': 'The body does not have the right fields',
  'request.content-type': 'This content type is not taken here',
  'request.query': 'What stands behind the question mark is not understood',
  'route.unknown': 'There is nothing at this address',
  'lab.unknown': 'There is no lab with this id',
  'lab.broken': 'The file of this lab cannot be read',
  'lab.invalid': 'The lab is not valid',
  'lab.forgotten': 'The server does not know this change any more',
  'lab.stale': 'The lab has changed in the meantime',
  'lab.not-running': 'The lab is not running',
  'lab.agent-lost': 'The lab lost its agent',
  'lab.refused': 'The agent refused',
  'lab.busy': 'The lab has something else to do first',
  'lab.held': 'Edits that are held back change the same',
  'script.sandbox-lost': 'The script ended its sandbox',
  'node.unknown': 'There is no namespace of this name',
  'terminal.unknown': 'There is no terminal with this id',
  'terminal.too-many': 'The lab has too many terminals',
  'command.unknown': 'The node has no command of this name',
  'example.unknown': 'There is no example with this id',
  'host.not-here': 'Labs of this server do not run on the machine itself',
  'host.not-adopted': 'This namespace cannot be taken over',
  'server.fault': 'Something went wrong in the server',
} as const;

export type ProblemCode = keyof typeof problemTitles;

type Extra = Omit<Problem, 'type' | 'title' | 'status' | 'code' | 'detail'>;

/** An answer that is an error: thrown by handlers, sent as a problem document (RFC 9457). */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(status: number, code: ProblemCode, detail: string, extra: Extra = {}, options?: ErrorOptions) {
    super(detail, options);
    this.problem = { type: 'about:blank', title: problemTitles[code], status, code, detail, ...extra };
  }
}
