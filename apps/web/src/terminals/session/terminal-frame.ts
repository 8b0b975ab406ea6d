import type { TerminalServerFrame } from '@vethlab/protocol';

/** Every `type` of the union (the compiler sees to it), each with the fields without which a viewer cannot go on. */
const fieldsByType: Readonly<Record<TerminalServerFrame['type'], readonly string[]>> = {
  attached: ['session', 'from', 'reset'],
  size: ['cols', 'rows'],
  session: ['session'],
  exited: ['session'],
  error: ['code', 'detail'],
};
const requiredFields: ReadonlyMap<string, readonly string[]> = new Map(Object.entries(fieldsByType));

/** Reads a text frame of our own server; null for what is not a frame we know. */
export function parseTerminalFrame(text: string): TerminalServerFrame | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
  return isFrame(value) ? value : null;
}

function isFrame(value: unknown): value is TerminalServerFrame {
  if (typeof value !== 'object' || value === null || !('type' in value) || typeof value.type !== 'string') return false;
  const fields = requiredFields.get(value.type);
  return fields?.every((field) => Object.hasOwn(value, field)) ?? false;
}
