import type { FromAgent } from '@vethlab/protocol';

const knownTypes: Readonly<Record<FromAgent['type'], true>> = {
  ready: true,
  features: true,
  observed: true,
  progress: true,
  applied: true,
  drift: true,
  probes: true,
  rates: true,
  plan: true,
  repaired: true,
  'reach-progress': true,
  reach: true,
  'taken-down': true,
  'namespaces-adopted': true,
  'script-ran': true,
  live: true,
  looked: true,
  'terminal-opened': true,
  'terminal-output': true,
  'terminal-taken': true,
  'terminal-renamed': true,
  'terminal-exited': true,
  commands: true,
  'command-acted': true,
  'command-log-read': true,
  'processes-listed': true,
  'process-signalled': true,
  'way-out-start': true,
  'way-out-end': true,
  publish: true,
  exited: true,
  'torn-down': true,
  figures: true,
  refused: true,
  log: true,
  fatal: true,
};

/**
 * Whether this is a message of an agent. Lenient on purpose: agent and server are built together and their channel is theirs alone, so only the
 * type is looked at; an unknown one is of another version and is dropped by the caller.
 */
export function isAgentMessage(message: unknown): message is FromAgent {
  return (
    typeof message === 'object' &&
    message !== null &&
    'type' in message &&
    typeof message.type === 'string' &&
    Object.hasOwn(knownTypes, message.type)
  );
}
