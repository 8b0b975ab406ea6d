import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, cp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { agentFolder, prepareFolder } from './runtime-folder.js';

/** A copy that nobody started an agent from for this long is of an old version. A running agent has read its code and needs the copy no more. */
const staleAfterMs = 24 * 60 * 60 * 1000;

/**
 * A readable copy of a file or folder, named after its content: the same content is copied once, and a changed one never replaces what a running
 * agent may still be loading. Made under another name and renamed, so that nobody ever sees half a copy.
 * @param source An absolute path.
 * @param parent For tests: where copies live.
 * @returns The path of the copy.
 */
export async function copyFor(source: string, parent = agentFolder): Promise<string> {
  await prepareFolder(dirname(parent), 0o711);
  await prepareFolder(parent, 0o711);
  const home = join(parent, await hashOf(source));
  const copy = join(home, basename(source));
  if (!(await exists(copy))) {
    const draft = join(parent, `.${randomUUID()}`);
    await prepareFolder(draft, 0o755);
    await cp(source, join(draft, basename(source)), { recursive: true, dereference: true });
    await openToAll(draft);
    await rename(draft, home).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      // Another server made the same copy in the meantime.
      if (!(await exists(copy))) throw error;
    });
  }
  const now = new Date();
  await utimes(home, now, now);
  await removeStaleCopies(parent, now.getTime());
  return copy;
}

/** The hash of the content and the names in it; a file's mode matters too, since it decides whether it can be run. */
async function hashOf(source: string): Promise<string> {
  // The name too: the same content under another name is another copy, and would find its place taken.
  const hash = createHash('sha256').update(`${basename(source)}\0`);
  for (const file of await filesIn(source)) {
    const { mode, size } = await stat(file);
    hash.update(`${relative(source, file)}\0${mode & 0o111}\0${size}\0`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  return hash.digest('hex').slice(0, 32);
}

async function filesIn(source: string): Promise<readonly string[]> {
  if (!(await stat(source)).isDirectory()) return [source];
  const entries = await readdir(source, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** The copy is code that we ship: readable and runnable by all, writable by nobody but us. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    await chmod(join(entry.parentPath, entry.name), 0o755);
  }
}

async function removeStaleCopies(parent: string, nowMs: number): Promise<void> {
  for (const name of await readdir(parent)) {
    const copy = join(parent, name);
    const usedAtMs = await stat(copy).then(
      (entry) => entry.mtimeMs,
      () => nowMs,
    );
    if (nowMs - usedAtMs > staleAfterMs) await rm(copy, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}
