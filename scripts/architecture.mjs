// Checks what no compiler checks: the arrow of the packages, purity, that nothing of one machine is in the repository,
// and that package-lock.json is complete.
// `node scripts/architecture.mjs [FOLDER]`: prints each violation as `file:line: what`, and ends with 1 when there is one.
import { resolve } from 'node:path';
import { checkImports } from './architecture/check-imports.mjs';
import { checkLockFile } from './architecture/check-lock-file.mjs';
import { checkMachinePaths } from './architecture/check-machine-paths.mjs';
import { trackedFiles } from './architecture/tracked-files.mjs';
import { root } from './set-up/repository.mjs';

const folder = resolve(process.argv[2] ?? root);
const files = trackedFiles(folder);
const violations = [...checkImports(folder, files), ...checkMachinePaths(folder, files), ...checkLockFile(folder)];
for (const { file, line, what } of violations) process.stderr.write(`${file}:${line}: ${what}\n`);
process.stdout.write(
  violations.length === 0
    ? `${files.length} files keep the architecture.\n`
    : `${violations.length} violations of the architecture (docs: CONTRIBUTING.md, "The arrow").\n`,
);
process.exitCode = violations.length === 0 && files.length > 0 ? 0 : 1;
