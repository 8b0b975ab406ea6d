import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Fills the disk that a folder is on, to the last byte. It should be a small one. @returns the file to remove, so that there is room again */
export function fillDisk(folder: string): string {
  const filler = join(folder, 'filler');
  for (const size of [65_536, 4_096, 1]) {
    try {
      for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }
  return filler;
}
