import { type ClientMessage, clientMessageSchema, editMessageSchema, type ServerMessage } from '@vethlab/protocol';
import { parseEdit } from '@vethlab/topology';
import { z } from 'zod';
import { deepestIssue, describeIssue, parseJson } from '../http/json-body.js';
import { ProblemError } from '../http/problem-error.js';

export type ReadMessage =
  | { readonly ok: true; readonly message: ClientMessage }
  /** What to tell the client; its socket stays open. */
  | { readonly ok: false; readonly answer: ServerMessage };

const requestIdOf = z.looseObject({ requestId: z.string().min(1).max(100) });
/** The edit is looked at by itself, because what is wrong with it is told as diagnostics. */
const editEnvelope = editMessageSchema.extend({ edit: z.unknown() });

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
  const envelope = editEnvelope.safeParse(json);
  if (envelope.success) return readEdit(envelope.data);
  const parsed = clientMessageSchema.safeParse(json);
  if (parsed.success) return { ok: true, message: parsed.data };
  const request = requestIdOf.safeParse(json);
  const code = 'message.unknown';
  const detail = describeIssue(deepestIssue(parsed.error.issues));
  return {
    ok: false,
    answer: request.success
      ? { type: 'failed', requestId: request.data.requestId, code, detail }
      : { type: 'error', code, detail },
  };
}

function readEdit(envelope: z.infer<typeof editEnvelope>): ReadMessage {
  const edit = parseEdit(envelope.edit);
  if (edit.ok) return { ok: true, message: { ...envelope, edit: edit.value } };
  return { ok: false, answer: { type: 'invalid', requestId: envelope.requestId, diagnostics: edit.diagnostics } };
}
