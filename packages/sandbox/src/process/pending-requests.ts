import type { FromAgent } from '@vethlab/protocol';
import { SandboxError } from '../sandbox-error.js';
import { AgentRefusal, type RequestOptions } from './agent-request.js';

interface Pending {
  readonly settle: (answer: FromAgent) => void;
  readonly fail: (error: Error) => void;
  readonly onProgress: RequestOptions['onProgress'];
}

/** Requests that wait for their answer, by id. */
export class PendingRequests {
  readonly #pending = new Map<string, Pending>();

  /** Waits for the answer to `id`. @throws SandboxError `sandbox.agent-timeout` @throws AgentRefusal */
  wait(id: string, description: string, timeoutMs: number | null, onProgress: RequestOptions['onProgress']) {
    return new Promise<FromAgent>((resolve, reject) => {
      if (this.#pending.has(id)) {
        reject(new Error(`A request with the id ${id} is already waiting for its answer.`));
        return;
      }
      const timer =
        timeoutMs === null
          ? undefined
          : setTimeout(() => finish(() => reject(late(description, timeoutMs))), timeoutMs);
      const finish = (settle: () => void) => {
        clearTimeout(timer);
        this.#pending.delete(id);
        settle();
      };
      this.#pending.set(id, {
        settle: (answer) => finish(() => resolve(answer)),
        fail: (error) => finish(() => reject(error)),
        onProgress,
      });
    });
  }

  /** Gives a message of the agent to the request it answers, if it answers one. */
  take(message: FromAgent): void {
    if (!('id' in message)) return;
    const pending = this.#pending.get(message.id);
    if (pending === undefined) return;
    if (message.type === 'reach-progress') pending.onProgress?.(message);
    else if (message.type === 'refused') pending.fail(new AgentRefusal(message.code, message.detail));
    else pending.settle(message);
  }

  /** Nobody will answer any more. */
  failAll(error: Error): void {
    for (const pending of [...this.#pending.values()]) pending.fail(error);
  }
}

function late(description: string, timeoutMs: number): SandboxError {
  return new SandboxError({
    code: 'sandbox.agent-timeout',
    reason: `The lab's agent did not answer "${description}" within ${timeoutMs / 1000} s.`,
    remedy: 'The machine may be overloaded: try again, or stop the lab and start it again.',
  });
}
