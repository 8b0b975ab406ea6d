import type { Broadcast, ServerMessage } from '@vethlab/protocol';

/** Every `type` of the union (the compiler sees to it), each with the fields without which the rest of the app cannot work. */
const fieldsByType: Readonly<Record<ServerMessage['type'], readonly string[]>> = {
  snapshot: ['seq', 'protocol', 'clientId', 'revision', 'topology', 'observed', 'run', 'mode'],
  document: ['seq', 'revision', 'diff'],
  observed: ['seq', 'delta'],
  run: ['seq', 'run'],
  mode: ['seq', 'mode'],
  follow: ['seq', 'follow'],
  applied: ['seq', 'report'],
  drift: ['seq', 'items'],
  features: ['seq', 'features', 'diagnostics'],
  probes: ['seq', 'samples'],
  rates: ['seq', 'rates'],
  terminals: ['seq', 'terminals'],
  commands: ['seq'],
  consent: ['seq'],
  clients: ['seq', 'clients'],
  saved: ['seq', 'saveError'],
  deleted: ['seq'],
  accepted: ['requestId', 'revision', 'diff'],
  stale: ['requestId', 'revision'],
  invalid: ['requestId', 'diagnostics'],
  plan: ['requestId', 'steps'],
  'reach-progress': ['requestId', 'done', 'total'],
  reach: ['requestId', 'report'],
  adopted: ['requestId'],
  done: ['requestId'],
  pong: ['requestId'],
  failed: ['requestId', 'code', 'detail'],
  live: ['node', 'present', 'pieces'],
  error: ['code', 'detail'],
};
const requiredFields: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(fieldsByType));

/**
 * Reads one message of the stream. The sender is our own server, of the same origin and the same protocol version, so
 * the shape is checked at the surface only: a full schema over a snapshot of 1,000 nodes would hold the page for
 * longer than a frame. Gives null for what is not a message we know.
 */
export function parseServerMessage(text: string): ServerMessage | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return isServerMessage(value) ? value : null;
}

function isServerMessage(value: unknown): value is ServerMessage {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return false;
  const fields = requiredFields.get(value.type);
  if (fields === undefined) return false;
  return fields.every((field) => {
    if (!Object.hasOwn(value, field)) return false;
    const content: unknown = Reflect.get(value, field);
    return field === 'seq' || field === 'revision' ? Number.isInteger(content) : content !== undefined;
  });
}

/** Whether it is one of the numbered messages that go to every client. */
export function isBroadcast(message: ServerMessage): message is Broadcast {
  return 'seq' in message && message.type !== 'snapshot';
}
