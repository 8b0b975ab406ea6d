import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { ToolPaths } from '../machine/tools.js';
import { copyFor } from './agent-copy.js';

/** The program and the code of an agent, at places that its user can read. */
export interface AgentFiles {
  readonly node: string;
  readonly bundle: string;
}

/**
 * The same agent at a place that `uid` can read: where it is, when that uid can read it there, and otherwise a copy. A clone under a
 * root-only home, or a node that nvm put there, would else fail after the drop of rights with a bare "permission denied".
 * The whole folder of the bundle goes with it (its node_modules hold native code), so the bundle must have a small folder of its own.
 */
export async function readableAgent(files: AgentFiles, uid: number, tools: ToolPaths): Promise<AgentFiles> {
  const folder = dirname(files.bundle);
  const [nodeIsReadable, bundleIsReadable] = await Promise.all([
    canUse(uid, [files.node], '-x', tools),
    listFiles(folder).then((all) => canUse(uid, all, '-r', tools)),
  ]);
  return {
    node: nodeIsReadable ? files.node : await copyFor(files.node),
    bundle: bundleIsReadable ? files.bundle : join(await copyFor(folder), basename(files.bundle)),
  };
}

/** Asks the kernel as that uid, so that modes, ACLs and mount options all have their say. `test` is the shell's -r or -x. */
async function canUse(uid: number, files: readonly string[], test: '-r' | '-x', tools: ToolPaths): Promise<boolean> {
  const script = `for file do test ${test} "$file" || exit 1; done`;
  const identity = ['--reuid', `${uid}`, '--regid', `${uid}`, '--clear-groups', '--'];
  const child = spawn(tools.setpriv, [...identity, tools.sh, '-c', script, 'sh', ...files], {
    stdio: 'ignore',
    env: {},
  });
  const [exitCode] = (await once(child, 'close')) as [number | null];
  return exitCode === 0;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => join(entry.parentPath, entry.name));
}
