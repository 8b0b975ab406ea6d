import { linkSync, rmSync } from 'node:fs';

/** Gives a file that is written already its name: whole or not at all, link(2). The temporary name goes. @returns false when the name is taken */
export function makeWhole(temporary: string, path: string): boolean {
  try {
    linkSync(temporary, path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  } finally {
    rmSync(temporary, { force: true });
  }
}
