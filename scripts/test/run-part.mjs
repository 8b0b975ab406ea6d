import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../set-up/repository.mjs';

/** No part takes longer than this; a runner that hangs is ended, so that the others are still heard. */
const partTimeoutMs = 30 * 60 * 1000;

/** Where Debian has sysctl, tc and bridge; an ordinary login has them not in its PATH. */
const systemFolders = ['/usr/sbin', '/sbin'];

/** Runs one part with its output shown as it comes. @returns {Promise<import('./counts.mjs').Counts>} */
export async function runPart(part) {
  const exitCode = await new Promise((resolve) => {
    const child = spawn(process.execPath, [join(root, part.script), ...part.args], {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...part.env, PATH: [process.env.PATH, ...systemFolders].join(':') },
      timeout: partTimeoutMs,
      killSignal: 'SIGKILL',
    });
    child.once('error', (error) => {
      process.stderr.write(`error: ${part.name} could not be started · ${part.script} · ${error.message}\n`);
      resolve(null);
    });
    child.once('exit', (code) => resolve(code));
  });
  return part.count(exitCode);
}
