import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Beside the file, so that the rename stays on one file system; hidden, so that nothing takes it for a lab. */
function temporaryBeside(file: string): string {
  return join(dirname(file), `.${basename(file)}.${process.pid}.tmp`);
}

/**
 * Writes a file so that after any crash either the old or the new text is there, whole: temporary file, fsync, rename,
 * fsync of the folder (rename(2), fsync(2)). On an error the old file is untouched and the temporary one removed.
 */
export async function writeAtomic(file: string, text: string): Promise<void> {
  const temporary = temporaryBeside(file);
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
  await syncFolder(dirname(file));
}

/** The same for small files that must be written before the next line of code runs. */
export function writeAtomicSync(file: string, text: string): void {
  const temporary = temporaryBeside(file);
  try {
    const fd = openSync(temporary, 'w', 0o600);
    try {
      writeSync(fd, text);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
