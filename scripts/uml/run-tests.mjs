// `node scripts/uml/run-tests.mjs [FILTER…]`: runs the tests `*.uml.test.ts` in a second, full kernel. Filters and options are vitest's.
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { root, SetUpError, statePath } from '../set-up/repository.mjs';
import { outFolder, runInUml } from './boot.mjs';

/** All of them together; on an idle machine they take a tenth of this. */
const deadlineMs = 55 * 60 * 1000;
const report = statePath('reports', 'uml.json');
rmSync(report, { force: true });

const say = (line) => process.stdout.write(`${line}\n`);
try {
  const { status, console, why } = await runInUml({
    command: [
      process.execPath,
      join(root, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--project', 'uml', '--reporter=verbose', '--reporter=json'],
      `--outputFile.json=${outFolder}/report.json`,
      ...process.argv.slice(2),
    ],
    cwd: root,
    env: {
      HOME: '/root',
      CI: '1',
      // What vitest.config.ts and test helpers know it by: everything takes several times as long here.
      VETHLAB_UML: '1',
      ...(process.env.VETHLAB_FULL === undefined ? {} : { VETHLAB_FULL: process.env.VETHLAB_FULL }),
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }),
    },
    deadlineMs,
    onLine: say,
    takeOut: (folder) => {
      if (existsSync(join(folder, 'report.json'))) copyFileSync(join(folder, 'report.json'), report);
    },
  });
  if (why !== null) {
    say(`error: no result of the second kernel: ${why} · linux.uml · its console:\n\n${console.join('\n')}\n`);
  }
  process.exitCode = status ?? 1;
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  process.stderr.write(`error: ${error.message}\n`);
  process.exitCode = 1;
}
