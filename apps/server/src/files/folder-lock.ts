import { constants, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { processStart } from './process-start.js';

/** Another server has the folder. */
export class FolderInUseError extends Error {
  override readonly name = 'FolderInUseError';
  readonly pid: number;

  constructor(pid: number) {
    super(`The process ${pid} has the folder.`);
    this.pid = pid;
  }
}

/** Two servers may find the same stale lock at once; one more try is enough for the other to have a fresh one. */
const attempts = 5;

/**
 * Takes a folder for this process: a file with pid, start time and machine, that appears whole (link(2) fails when it is
 * there). The lock of a server that was killed is known to be stale although its pid may be in use again.
 * Gives the way to let go of it.
 * @throws FolderInUseError when a living process has it; the system's error when the folder cannot be written
 */
export function lockFolder(file: string): () => void {
  const own = `${process.pid} ${processStart(process.pid) ?? ''} ${bootId()}\n`;
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, own, { mode: 0o600 });
  try {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      if (create(temporary, file)) return () => release(file, own);
      const found = read(file);
      const owner = ownerOf(found);
      if (owner !== null) throw new FolderInUseError(owner);
      // Only the lock that was found to be stale: somebody else may have taken the folder in between.
      if (read(file) === found) rmSync(file, { force: true });
    }
  } finally {
    rmSync(temporary, { force: true });
  }
  throw new Error(`${file} could not be made.`);
}

function create(temporary: string, file: string): boolean {
  try {
    linkSync(temporary, file);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
  }
  // Some file systems have no hard links: there the file appears empty for a moment.
  try {
    copyFileSync(temporary, file, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

function isTaken(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'EEXIST';
}

function release(file: string, own: string): void {
  if (read(file) === own) rmSync(file, { force: true });
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return '';
    throw error;
  }
}

/** The pid of the living process that wrote this; null when it is stale or no lock. */
function ownerOf(text: string): number | null {
  const [pidText = '', start = '', boot = ''] = text.trimEnd().split(' ');
  const pid = Number(pidText);
  if (!/^\d+$/.test(pidText) || pid === 0) return null;
  // Start times count from the boot: another boot's mean nothing.
  if (boot !== bootId()) return null;
  const found = processStart(pid);
  return found === null || found !== start ? null : pid;
}

/** random(4): changes with every boot. Empty where there is none. */
function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}
