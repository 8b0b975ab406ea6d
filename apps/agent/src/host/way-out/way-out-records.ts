import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfLab } from '../lab-key.js';
import { makeWhole } from '../make-whole.js';
import { waysOutFolder } from '../places.js';

/** One way out of a lab that passes through the machine's own network. */
export interface WayOutRecord {
  /** Of its transit. */
  readonly index: number;
  readonly lab: string;
}

/**
 * The account of what ways out have on the machine itself: one file per number, written before anything is made and removed after everything is gone, so
 * that whoever comes after a crash knows what is ours. Each appears whole or not at all (link(2)).
 */
export class WayOutRecords {
  readonly #folder: string;

  constructor(folder = waysOutFolder) {
    this.#folder = folder;
  }

  /** @returns whether it was free, and is ours now */
  take({ index, lab }: WayOutRecord): boolean {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `.${index}.${process.pid}`);
    writeFileSync(temporary, `${JSON.stringify({ vethlab: 1, lab })}\n`, { mode: 0o600 });
    return makeWhole(temporary, join(this.#folder, String(index)));
  }

  /** Whether it is still in the account, and of this lab. */
  isOf({ index, lab }: WayOutRecord): boolean {
    return this.list(lab).some((record) => record.index === index);
  }

  forget(index: number): void {
    rmSync(join(this.#folder, String(index)), { force: true });
  }

  /** All of one lab, or of all labs. */
  list(lab?: string): WayOutRecord[] {
    return this.#names()
      .sort((one, other) => Number(one) - Number(other))
      .flatMap((name) => {
        const owner = ownerIn(join(this.#folder, name));
        return owner === null ? [] : [{ index: Number(name), lab: owner }];
      })
      .filter((record) => lab === undefined || isOfLab(lab, record.lab));
  }

  #names(): string[] {
    try {
      return readdirSync(this.#folder).filter((name) => /^\d{1,5}$/.test(name));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }
}

/** Null: gone since, or none of ours. */
function ownerIn(path: string): string | null {
  try {
    const content: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof content === 'object' && content !== null && 'lab' in content && typeof content.lab === 'string'
      ? content.lab
      : null;
  } catch {
    return null;
  }
}
