import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { root } from '../set-up/repository.mjs';

/** No part takes longer than this; a runner that hangs is ended, so that the others are still heard. */
const partTimeoutMs = 60 * 60 * 1000;

/** Where Debian has sysctl, tc and bridge; an ordinary login has them not in its PATH. */
const systemFolders = ['/usr/sbin', '/sbin'];

/** How much a part stands back for what runs beside it (nice(2)): three quarters of a core that both want. */
const standsBack = 5;

/**
 * Runs one part. Its output is shown as it comes, or given to `onOutput`.
 * @param {{ onOutput?: (chunk: Buffer) => void, gentle?: boolean }} [options] `gentle`: it leaves the cores to others
 * @returns {Promise<{ counts: import('./counts.mjs').Counts, failures: import('./failures.mjs').Failure[], tookMs: number }>}
 */
export async function runPart(part, { onOutput, gentle = false } = {}) {
  const startedAtMs = performance.now();
  const exitCode = await new Promise((resolve) => {
    const output = onOutput === undefined ? 'inherit' : 'pipe';
    const child = spawn(process.execPath, [join(root, part.script), ...part.args], {
      cwd: root,
      stdio: ['ignore', output, output],
      env: { ...process.env, ...part.env, PATH: [process.env.PATH, ...systemFolders].join(':') },
      timeout: partTimeoutMs,
      killSignal: 'SIGKILL',
    });
    if (gentle && child.pid !== undefined) setPriority(child.pid, standsBack);
    child.once('error', (error) => {
      process.stderr.write(`error: ${part.name} could not be started · ${part.script} · ${error.message}\n`);
      resolve(null);
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', onOutput);
    // Not `exit`: what it printed last would be lost.
    child.once('close', (code) => resolve(code));
  });
  return { counts: part.count(exitCode), failures: part.failures(), tookMs: performance.now() - startedAtMs };
}

/**
 * Starts a part beside the others.
 * @returns {() => ReturnType<typeof runPart>} waits for its end, and shows what it printed
 */
export function startPart(part) {
  const chunks = [];
  const running = runPart(part, { onOutput: (chunk) => chunks.push(chunk) });
  return async () => {
    const result = await running;
    process.stdout.write(Buffer.concat(chunks));
    return result;
  };
}
