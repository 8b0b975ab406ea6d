import { constants } from 'node:os';
import type { AgentProcess } from '@vethlab/sandbox';
import { signalOffset } from '../exit-codes.js';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Signals while a lab runs. Ctrl-C goes to the whole foreground group of the terminal, so the command gets it by itself and decides; before there is a
 * command it ends the run. The other signals always end it. Either way the sandbox is gone before we are.
 */
export class Interruptions {
  /** From now on Ctrl-C is the command's. */
  commandHasTerminal = false;
  readonly #interrupted: Promise<number>;
  readonly #listeners: readonly (readonly [NodeJS.Signals, () => void])[];

  constructor(agent: AgentProcess) {
    let interrupt: (exitCode: number) => void = () => undefined;
    this.#interrupted = new Promise((resolve) => {
      interrupt = resolve;
    });
    this.#listeners = signals.map((signal) => {
      const listener = () => {
        if (signal === 'SIGINT' && this.commandHasTerminal) return;
        interrupt(signalOffset + constants.signals[signal]);
        void agent.kill();
      };
      process.on(signal, listener);
      return [signal, listener] as const;
    });
  }

  /** What `work` gives, or the exit code of the signal that came first. */
  async orInterrupted<T>(work: Promise<T>): Promise<T | number> {
    return Promise.race([work, this.#interrupted]);
  }

  /** Signals have their usual effect again. */
  stop(): void {
    for (const [signal, listener] of this.#listeners) process.off(signal, listener);
  }
}
