import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { fileURLToPath } from 'node:url';
import { signalOffset } from '../exit-codes.js';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * `vethlab serve`: the server as a process of its own, which reads the arguments itself. Its IPC channel is a lifeline: when we end, in
 * whatever way, it ends. @returns the exit code
 */
export async function serve(args: readonly string[]): Promise<number> {
  const main = fileURLToPath(import.meta.resolve('@vethlab/server/main'));
  const server = spawn(process.execPath, [main, ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of endings) {
    // Said over the channel and not by the same signal: Ctrl-C in a terminal has reached the server already, and a second one would cut its end short.
    process.on(signal, () => {
      if (server.connected) server.disconnect();
    });
  }
  const [exitCode, signal] = (await once(server, 'exit')) as [number | null, NodeJS.Signals | null];
  return exitCode ?? signalOffset + (signal === null ? 0 : constants.signals[signal]);
}
