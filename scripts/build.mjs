// `npm run build`: builds what is stale. `--all` builds everything; `--schema` also writes docs/lab.schema.json again.
import { rmSync } from 'node:fs';
import { buildStale } from './build/build-stale.mjs';
import { writeSchema } from './build/schema.mjs';
import { SetUpError, statePath } from './set-up/repository.mjs';

try {
  if (process.argv.includes('--all')) rmSync(statePath('build'), { recursive: true, force: true });
  const built = await buildStale('build');
  if (await writeSchema()) built.push('docs/lab.schema.json');
  process.stdout.write(built.length === 0 ? 'Everything is up to date.\n' : `Built: ${built.join(', ')}.\n`);
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
}
