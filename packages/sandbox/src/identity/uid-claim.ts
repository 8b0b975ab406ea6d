import { randomInt } from 'node:crypto';
import { readdir, readFile, stat, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Identity } from './identity.js';
import { ownStartTime, startTimeOf } from './process-start-time.js';
import { prepareFolder, uidFolder } from './runtime-folder.js';
import type { UidRange } from './uid-range.js';

/** With a free choice among tens of thousands, even one collision is rare; this many in a row mean that something else is wrong. */
const attempts = 100;

/**
 * Takes a uid that no live sandbox and no process has, and records it as a file named after the uid, made with O_EXCL. The file names its owner
 * by pid and start time, so that the claim of a server that was killed is known to be stale although its pid may be in use again.
 * @throws SandboxError when the folder of claims cannot be written
 */
export async function claimUid(range: UidRange, folder = uidFolder): Promise<Identity> {
  await prepareFolder(folder, 0o700);
  await removeStaleClaims(folder);
  const taken = await uidsOfProcesses();
  for (let attempt = 0; attempt < attempts; attempt++) {
    const uid = range.first + randomInt(range.count);
    if (taken.has(uid)) continue;
    const file = join(folder, `${uid}`);
    if (await create(file, `${process.pid} ${await ownStartTime()}\n`)) {
      return { uid, release: releaseOnce(file) };
    }
  }
  throw new Error(`No free uid among ${range.count} from ${range.first} on after ${attempts} attempts.`);
}

/** A second release must not take away the claim of whoever has the uid by then. */
function releaseOnce(file: string): () => Promise<void> {
  let released: Promise<void> | null = null;
  return () => {
    released ??= remove(file);
    return released;
  };
}

async function removeStaleClaims(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const [pid, startTime] = (await readFile(file, 'utf8').catch(nothingIfGone)).split(/\s+/);
    // An empty file is a claim in the moment between its creation and its first line.
    if (pid === undefined || startTime === undefined) continue;
    if ((await startTimeOf(pid)) !== startTime) await remove(file);
  }
}

/** The owners of all processes: a sandbox whose server was killed may need a moment to be gone. */
async function uidsOfProcesses(): Promise<ReadonlySet<number>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const owners = await Promise.all(pids.map((pid) => stat(`/proc/${pid}`).then((entry) => entry.uid, noOwner)));
  return new Set(owners);
}

/** A process that ended while we looked. */
function noOwner(): number {
  return -1;
}

async function create(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (isCode(error, 'EEXIST')) return false;
    throw error;
  }
}

async function remove(file: string): Promise<void> {
  try {
    await unlink(file);
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
  }
}

function nothingIfGone(error: unknown): string {
  if (isCode(error, 'ENOENT')) return '';
  throw error;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
