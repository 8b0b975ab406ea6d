import { openTerminalBodySchema, type TerminalListReply, type TerminalSession } from '@vethlab/protocol';
import { parseBody } from '../json-body.js';
import type { Call, Services } from './call.js';

export function listTerminals({ shelf }: Services, call: Call): TerminalListReply {
  return { terminals: shelf.get(call.id).terminals.list() };
}

export function openTerminal({ shelf }: Services, call: Call): Promise<TerminalSession> {
  return shelf.get(call.id).terminals.open(parseBody(openTerminalBodySchema, call.json));
}

export function closeTerminal({ shelf }: Services, call: Call): TerminalListReply {
  const { terminals } = shelf.get(call.id);
  terminals.close(call.params.terminal ?? '');
  return { terminals: terminals.list() };
}
