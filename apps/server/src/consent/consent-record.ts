import { readFileSync, rmSync } from 'node:fs';
import type { Logger } from 'pino';
import { z } from 'zod';
import { writeAtomicSync } from '../files/write-atomic.js';

/** Programs of one lab that are remembered; the oldest go first. A lab has at most 1,000 commands. */
const maximumKeys = 4_000;

/** All of them together, in characters: as much as the largest lab file. */
const maximumLength = 1_048_576;

const recordSchema = z.object({ vethlab: z.literal(1), allowed: z.array(z.string()) });

/**
 * Which programs (`commandKey`) somebody agreed to run in one lab, on disk. Apart from the lab file and its folder: a file that comes from
 * elsewhere, or a folder under git, must not bring its own consent along. What cannot be read counts as no consent.
 */
export class ConsentRecord {
  readonly #file: string;
  readonly #log: Logger;
  #keys: Set<string>;

  constructor(file: string, log: Logger) {
    this.#file = file;
    this.#log = log;
    this.#keys = new Set(this.#read());
  }

  has(key: string): boolean {
    return this.#keys.has(key);
  }

  keys(): readonly string[] {
    return [...this.#keys];
  }

  /** Gives whether there was a new one. When the disk does not take it, it counts until the server ends. */
  add(keys: Iterable<string>): boolean {
    const fresh = [...new Set(keys)].filter((key) => !this.#keys.has(key));
    if (fresh.length === 0) return false;
    this.#keys = new Set(newest([...this.#keys, ...fresh]));
    try {
      writeAtomicSync(this.#file, `${JSON.stringify({ vethlab: 1, allowed: [...this.#keys] })}\n`);
    } catch (error) {
      this.#log.error({ err: error }, 'consent could not be written down; it is asked for again after a restart');
    }
    return true;
  }

  /** The lab is no more: another lab with its id must not inherit it. */
  remove(): void {
    this.#keys = new Set();
    try {
      rmSync(this.#file, { force: true });
    } catch (error) {
      this.#log.error({ err: error, file: this.#file }, 'consent could not be removed');
    }
  }

  #read(): readonly string[] {
    let text: string;
    try {
      text = readFileSync(this.#file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#tellUnreadable(error);
      return [];
    }
    try {
      return newest(recordSchema.parse(JSON.parse(text)).allowed);
    } catch (error) {
      this.#tellUnreadable(error);
      return [];
    }
  }

  #tellUnreadable(error: unknown): void {
    this.#log.warn({ err: error }, 'the record of consent cannot be read; commands wait until somebody agrees again');
  }
}

function newest(keys: readonly string[]): readonly string[] {
  const kept: string[] = [];
  let length = 0;
  for (const key of [...keys].reverse()) {
    length += key.length;
    if (kept.length >= maximumKeys || length > maximumLength) break;
    kept.push(key);
  }
  return kept.reverse();
}
