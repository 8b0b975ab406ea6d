import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../set-up/repository.mjs';

/**
 * The server and the command line, each in few files: loading hundreds of small ones takes most of the time that a short command runs. Beside `dist`,
 * at the same depth, so that what they find by their own place (the labs, the site, the worker for files) is where it was.
 */
const programs = [
  { folder: 'apps/server', input: { main: 'dist/main.js', 'file-worker': 'dist/files/file-worker.js' } },
  { folder: 'apps/cli', input: { vethlab: 'dist/main.js' } },
];

/** What stays in node_modules: it brings files of its own, or is needed by one command only. */
const external = /^(express|helmet|open|pino|pino-pretty|ws|commander)(\/|$)/;

export async function bundlePrograms() {
  const { rolldown } = await import('rolldown');
  for (const { folder, input } of programs) {
    const target = join(root, folder, 'bundle');
    const draft = `${target}.draft-${process.pid}`;
    rmSync(draft, { recursive: true, force: true });
    const build = await rolldown({
      input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, join(root, folder, file)])),
      platform: 'node',
      external,
      // The sources were compiled just before; the bundle is made of what was compiled.
      resolve: { conditionNames: ['node', 'import', 'default'] },
    });
    const names = { entryFileNames: '[name].js', chunkFileNames: '[name].js' };
    await build.write({ dir: draft, format: 'esm', sourcemap: false, ...names });
    await build.close();
    // A program that starts right now finds the old folder or the new one, never half of it.
    const old = `${target}.old-${process.pid}`;
    if (existsSync(target)) renameSync(target, old);
    renameSync(draft, target);
    rmSync(old, { recursive: true, force: true });
  }
}
