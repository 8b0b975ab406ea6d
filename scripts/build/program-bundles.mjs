import { join } from 'node:path';
import { root } from '../set-up/repository.mjs';
import { newFolder } from './new-folder.mjs';

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
    await newFolder(join(root, folder, 'bundle'), async (dir) => {
      const build = await rolldown({
        input: Object.fromEntries(Object.entries(input).map(([name, file]) => [name, join(root, folder, file)])),
        platform: 'node',
        external,
        // The sources were compiled just before; the bundle is made of what was compiled.
        resolve: { conditionNames: ['node', 'import', 'default'] },
      });
      const names = { entryFileNames: '[name].js', chunkFileNames: '[name].js' };
      await build.write({ dir, format: 'esm', sourcemap: false, ...names });
      await build.close();
    });
  }
}
