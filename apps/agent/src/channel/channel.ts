import { Socket } from 'node:net';
import type { FromAgent, ToAgent } from '@vethlab/protocol';

/** The IPC line to the process that started this agent. It is also the lifeline: when it closes, the sandbox has no owner and ends. */
export interface Channel {
  send(message: FromAgent): void;
  /** A connection that was handed over comes with its message. */
  onMessage(listener: (message: ToAgent, connection?: Socket) => void): void;
}

/**
 * Opens the line. Messages from our own server are trusted as typed: it parsed them at its edge.
 * Throws when the agent was started without an IPC channel.
 */
export function openChannel(): Channel {
  if (process.send === undefined)
    throw new Error('The agent is started by Vethlab, not by hand: it has no IPC channel.');
  process.on('disconnect', () => process.exit(0));
  return {
    send(message) {
      if (process.connected) process.send?.(message);
    },
    onMessage(listener) {
      process.on('message', (message, handle) =>
        listener(message as ToAgent, handle instanceof Socket ? handle : undefined),
      );
    },
  };
}
