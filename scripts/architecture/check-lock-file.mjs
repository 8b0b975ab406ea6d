import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Finds optional packages (natives of other platforms, mostly) that package-lock.json names but does not hold in the right version. npm leaves them out when
 * its registry cannot give them, says nothing, and then `npm ci` refuses the whole file: no fresh clone would install any more.
 * @param {string} folder @returns {{ file: string, line: number, what: string }[]}
 */
export function checkLockFile(folder) {
  const file = join(folder, 'package-lock.json');
  if (!existsSync(file)) return [];
  const packages = new Map(Object.entries(JSON.parse(readFileSync(file, 'utf8')).packages ?? {}));
  const violations = [];
  for (const [path, entry] of packages) {
    for (const [name, wanted] of Object.entries(entry.optionalDependencies ?? {})) {
      const found = resolveFrom(packages, path, name);
      // Ranges are npm's business; natives are named by their exact version.
      if (found !== undefined && (!/^\d/.test(wanted) || found.version === wanted)) continue;
      violations.push({
        file: 'package-lock.json',
        line: 1,
        what: `${path} needs ${name} ${wanted}, which is not in the file: npm ci would refuse it`,
      });
    }
  }
  return violations;
}

/** As Node looks for a package: in the node_modules of the folder, then of each one above. */
function resolveFrom(packages, path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const found = packages.get(folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`);
    if (found !== undefined || folder === '') return found;
  }
}
