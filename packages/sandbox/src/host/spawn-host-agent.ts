import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { findTools } from '../machine/tools.js';
import { agentEnvironment } from '../process/environment.js';
import { sandboxLimits } from '../process/limits.js';
import { nodeFlags } from '../process/start-agent.js';
import { logOf } from './places.js';

/** Set in the environment of everything that the agent starts: by it a process in a namespace is known as the lab's. */
const labVariable = 'VETHLAB_HOST_LAB';

/** Starts the agent's program for a lab on the host, in a session of its own: nothing of it hangs on us. */
export async function spawnHostAgent(
  bundle: string,
  lab: string,
  env: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const { paths } = await findTools();
  const { openFiles } = await sandboxLimits();
  const log = logOf(lab);
  mkdirSync(dirname(log), { recursive: true, mode: 0o700 });
  // A file and no pipe: a pipe would break with us, and its next line would end the agent.
  const output = openSync(log, 'w', 0o600);
  try {
    const limits = [`--nofile=${openFiles}:${openFiles}`, '--core=0:0', '--'];
    const program = [process.execPath, ...nodeFlags, resolve(bundle), 'host', lab];
    const child = spawn(paths.prlimit, [...limits, ...program], {
      stdio: ['ignore', output, output],
      env: agentEnvironment(process.env, { ...env, [labVariable]: lab }, false),
      detached: true,
      cwd: '/',
    });
    child.unref();
    return child;
  } finally {
    closeSync(output);
  }
}

const mostWords = 600;

/** What the agent printed last, for people. */
export function lastWordsOf(lab: string): string {
  try {
    return readFileSync(logOf(lab), 'utf8').trim().slice(-mostWords);
  } catch {
    // Nothing was printed, or the folder went with everything else.
    return '';
  }
}
