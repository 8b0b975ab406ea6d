import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, SetUpError } from './repository.mjs';

const lockFile = join(root, 'package-lock.json');
/** Inside node_modules, so that it goes when they go. Holds the hash of the package-lock.json they were installed from. */
const stamp = join(root, 'node_modules', '.vethlab-installed');
/** npm's own list of what it installed. */
const installedList = join(root, 'node_modules', '.package-lock.json');

/** Whether node_modules are those of package-lock.json. */
export function isInstalled() {
  if (!existsSync(installedList)) return false;
  const wanted = wantedStamp();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return true;
  // Installed by hand with npm: as good, when it is the same.
  if (!sameAsLocked()) return false;
  try {
    writeFileSync(stamp, wanted);
  } catch (error) {
    // Somebody else's clone: it is compared again next time.
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
  return true;
}

/** Runs `npm ci` when it is needed. */
export async function install() {
  if (isInstalled()) return;
  process.stdout.write('Installing the packages of package-lock.json (once; about a minute)…\n');
  const npm = process.env.npm_execpath;
  const [command, ...first] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const run = spawnSync(command, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    // Browser tests use the Chromium of the system.
    env: { ...process.env, PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1' },
  });
  if (run.status !== 0) {
    throw new SetUpError(
      `npm ci failed (${run.error?.message ?? `exit code ${run.status}`}) · package-lock.json · see its message above`,
    );
  }
  writeFileSync(stamp, wantedStamp());
}

function wantedStamp() {
  return createHash('sha256').update(readFileSync(lockFile)).digest('hex');
}

/** Every locked package is installed in that version (optional ones of other platforms may be missing), and nothing else is. */
function sameAsLocked() {
  const locked = new Map(Object.entries(readPackages(lockFile)));
  const installed = new Map(Object.entries(readPackages(installedList)));
  for (const [path, entry] of locked) {
    if (path === '' || !path.startsWith('node_modules/')) continue;
    const found = installed.get(path);
    if (found === undefined ? !isOptional(entry) : found.version !== entry.version) return false;
  }
  return [...installed.keys()].every((path) => locked.has(path));
}

function isOptional(entry) {
  return entry.optional === true || entry.devOptional === true || entry.peer === true;
}

function readPackages(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
}
