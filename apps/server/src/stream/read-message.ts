import { type ClientMessage, clientMessageSchema, type ServerMessage } from '@vethlab/protocol';
import { diagnosticsOfIssues, editSchema } from '@vethlab/topology';
import { z } from 'zod';
import { deepestIssue, describeIssue, parseJson } from '../http/json-body.js';
import { ProblemError } from '../http/problem-error.js';

export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  /** What to tell the client; its socket stays open. */
  | { readonly ok: false; readonly answer: ServerMessage };

const requestIdOf = z.looseObject({ requestId: z.string().min(1).max(100) });
const editOf = z.looseObject({ type: z.literal('edit'), edit: z.unknown() });

/**
 * A message of a client, checked. An edit with bad values is answered as `invalid` with diagnostics, because a person
 * typed them; any other message that is not understood gets an error that names the field.
 */
export function readMessage(text: string): ReadMessage {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ok: false, answer: { type: 'error', code: error.problem.code, detail: error.problem.detail } };
  }
  const parsed = clientMessageSchema.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data };
  const request = requestIdOf.safeParse(json);
  const edit = editOf.safeParse(json);
  if (request.success && edit.success) {
    const checked = editSchema.safeParse(edit.data.edit);
    if (!checked.success) {
      const diagnostics = diagnosticsOfIssues(checked.error.issues);
      return { ok: false, answer: { type: 'invalid', requestId: request.data.requestId, diagnostics } };
    }
  }
  const code = 'message.unknown';
  const detail = describeIssue(deepestIssue(parsed.error.issues));
  return {
    ok: false,
    answer: request.success
      ? { type: 'failed', requestId: request.data.requestId, code, detail }
      : { type: 'error', code, detail },
  };
}
