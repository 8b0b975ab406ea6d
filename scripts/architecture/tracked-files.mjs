import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

const ignored = new Set(['node_modules', 'dist', '.git', '.vethlab']);

/** Files of the repository in `folder`, relative to it: what git tracks, or everything when it is no clone. @param {string} folder @returns {string[]} */
export function trackedFiles(folder) {
  const git = spawnSync(
    'git',
    ['-c', `safe.directory=${folder}`, 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  const files =
    git.status === 0 && existsSync(join(folder, '.git'))
      ? git.stdout.split('\0').filter(Boolean)
      : walk(folder, folder);
  return files.filter((file) => existsSync(join(folder, file)));
}

function walk(folder, top) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !ignored.has(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? walk(path, top) : [relative(top, path)];
    });
}
