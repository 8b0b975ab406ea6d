import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, statePath } from '../set-up/repository.mjs';

/** Tests and their fixtures are in no build. */
const notBuilt = /(\.test\.tsx?|\/testing\/.*)$/;

/**
 * Whether a part was built from exactly these inputs. Times and sizes are compared first, since that is quick; when they differ, the content
 * decides, so that a `git switch` there and back rebuilds nothing.
 * @param {{ name: string, inputs: string[], outputs: string[] }} part
 */
export function isFresh(part) {
  if (!part.outputs.every((output) => existsSync(join(root, output)))) return false;
  const built = readStamp(part);
  if (built === null) return false;
  const files = inputFiles(part);
  const now = timesOf(files);
  if (built.times === now) return true;
  if (built.content !== contentOf(files)) return false;
  try {
    writeFileSync(stampPath(part), JSON.stringify({ times: now, content: built.content }));
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EROFS') throw error;
  }
  return true;
}

/** Takes the state of the inputs now; `keep` writes it down once the part is built. */
export function writeStamp(part) {
  const files = inputFiles(part);
  const stamp = JSON.stringify({ times: timesOf(files), content: contentOf(files) });
  return { keep: () => writeFileSync(stampPath(part), stamp) };
}

function readStamp(part) {
  try {
    return JSON.parse(readFileSync(join(root, '.vethlab', stampName(part)), 'utf8'));
  } catch {
    // None yet, or half a file after a crash: built again either way.
    return null;
  }
}

function stampPath(part) {
  return statePath(stampName(part));
}

function stampName(part) {
  return join('build', `${part.name.replaceAll(' ', '-')}.json`);
}

/** @returns {string[]} absolute paths, sorted */
function inputFiles(part) {
  return part.inputs
    .map((input) => join(root, input))
    .filter((path) => existsSync(path))
    .flatMap((path) => (statSync(path).isDirectory() ? filesIn(path) : [path]))
    .sort();
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !notBuilt.test(path));
}

function timesOf(files) {
  const hash = createHash('sha256');
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file}\0${mtimeMs}\0${size}\0`);
  }
  return hash.digest('hex');
}

function contentOf(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(`${file.slice(root.length)}\0`).update(readFileSync(file));
  return hash.digest('hex');
}
