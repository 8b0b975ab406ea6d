import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { agentEnvironment } from '../process/environment.js';

/** The agent's program could not do it; `message` has its last words. */
export class HostCommandError extends Error {
  override readonly name = 'HostCommandError';
}

/**
 * One piece of work on the host by the agent's program, as a process of its own: `down`, `adopt`, `discover`. Works without a server
 * and without an agent. Gives what it printed as JSON.
 * @throws HostCommandError
 */
export async function runHostCommand(bundle: string, words: readonly string[]): Promise<unknown> {
  const child = spawn(process.execPath, [resolve(bundle), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: agentEnvironment(process.env, {}, false),
    cwd: '/',
  });
  const [answer, complaint, [exitCode]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null]>,
  ]);
  if (exitCode !== 0) throw new HostCommandError(lastLine(complaint) || `it ended with exit code ${exitCode}`);
  return JSON.parse(answer) as unknown;
}

/** Node prints where, the code there, and then the error with its stack. */
function lastLine(complaint: string): string {
  return complaint.split('\n').find((line) => /^\w*(Error|NotAdopted)\b/.test(line)) ?? complaint.trim().slice(0, 500);
}
