import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { importsOf } from './imports.mjs';

/** From the bottom up: each may import those before it. netlink and observed know nothing of labs, so they import nothing of ours that does. */
const arrow = ['records', 'topology', 'netlink', 'observed', 'planner', 'protocol', 'sandbox'];
const standAlone = new Set(['netlink', 'observed', 'topology']);
/** Knows of nothing but itself, so everybody may use it. */
const common = 'records';
const apps = new Set(['agent', 'server', 'web', 'cli']);
/** Without Node and DOM: they run in the browser as well as in the server. */
const pure = new Set(['records', 'topology', 'observed', 'planner', 'protocol']);

const sourceFile = /^(packages|apps)\/([^/]+)\/src\/.*\.tsx?$/;
const testFile = /\.test\.tsx?$|\/testing\//;

/** @param {string} folder @param {string[]} files @returns {{ file: string, line: number, what: string }[]} */
export function checkImports(folder, files) {
  const violations = [];
  const execaImports = [];
  for (const file of files) {
    const [, kind, name] = sourceFile.exec(file) ?? [];
    if (kind === undefined || name === undefined) continue;
    const isTest = testFile.test(file);
    const declared = declaredBy(join(folder, kind, name, 'package.json'));
    for (const { line, specifier } of importsOf(readFileSync(join(folder, file), 'utf8'))) {
      const found = problemWith({ kind, name, file, specifier, isTest, declared });
      if (found !== null) violations.push({ file, line, what: found });
      if (specifier === 'execa' && !isTest) execaImports.push({ file, line });
    }
  }
  const [first, ...others] = execaImports;
  for (const { file, line } of others) {
    violations.push({ file, line, what: `one file imports execa, and that is ${first.file}` });
  }
  return violations;
}

/** @returns {string | null} */
function problemWith({ kind, name, file, specifier, isTest, declared }) {
  if (specifier.startsWith('.')) {
    const home = `${kind}/${name}/`;
    return normalize(join(dirname(file), specifier)).startsWith(home) ? null : `"${specifier}" leaves ${home}`;
  }
  if (specifier.startsWith('node:')) {
    return kind === 'packages' && pure.has(name) && !isTest ? `${name} is pure, and "${specifier}" is Node's` : null;
  }
  if (specifier === 'execa' && `${kind}/${name}` !== 'apps/agent') return 'execa is reserved to the agent';
  if (!specifier.startsWith('@vethlab/')) return null;
  const target = specifier.split('/')[1] ?? '';
  if (!isTest && !declared.has(`@vethlab/${target}`))
    return `"@vethlab/${target}" is not declared in ${kind}/${name}/package.json`;
  if (apps.has(target)) return target === name ? null : `${kind}/${name} imports the app ${target}`;
  if (kind === 'apps') return null;
  return mayImport(name, target, isTest) ? null : `against the arrow: ${name} imports ${target}`;
}

/** A test may compare with a package beside it, never with one above. */
function mayImport(name, target, isTest) {
  if (arrow.indexOf(target) >= arrow.indexOf(name) || !arrow.includes(target)) return false;
  return isTest || target === common || !standAlone.has(name);
}

/** @returns {Set<string>} */
function declaredBy(packageFile) {
  if (!existsSync(packageFile)) return new Set();
  const { dependencies = {}, devDependencies = {} } = JSON.parse(readFileSync(packageFile, 'utf8'));
  return new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]);
}
