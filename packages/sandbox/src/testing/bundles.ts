import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rolldown } from 'rolldown';

export interface TestBundles {
  /** The folder all is in; 0755. */
  readonly folder: string;
  /** The small agent, alone in a folder of its own, as the real one is. */
  readonly agent: string;
  /** A process that starts the small agent. */
  readonly parent: string;
  readonly remove: () => Promise<void>;
}

/** Builds the fixtures from source, so that a kernel test never runs against a stale build. */
export async function buildBundles(): Promise<TestBundles> {
  const folder = await mkdtemp(join(tmpdir(), 'vethlab-sandbox-'));
  // mkdtemp gives 0700, which another uid cannot enter: tests choose for themselves when that is so.
  await chmod(folder, 0o755);
  await mkdir(join(folder, 'agent'));
  const agent = join(folder, 'agent', 'agent.mjs');
  const parent = join(folder, 'parent.mjs');
  await bundle('./small-agent.ts', agent);
  await bundle('./lone-parent.ts', parent);
  return { folder, agent, parent, remove: () => rm(folder, { recursive: true, force: true }) };
}

async function bundle(source: string, file: string): Promise<void> {
  const build = await rolldown({
    input: fileURLToPath(new URL(source, import.meta.url)),
    platform: 'node',
    resolve: { conditionNames: ['source', 'node', 'import', 'default'] },
    logLevel: 'silent',
  });
  await build.write({ file, format: 'esm' });
  await build.close();
}
