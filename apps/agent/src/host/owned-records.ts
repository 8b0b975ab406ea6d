import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOfLab } from './lab-key.js';
import { makeWhole } from './make-whole.js';
import { ownedFolder } from './places.js';
import { startTimeOf } from './processes.js';

/** What is written down about one name in /run/netns. */
export interface OwnedRecord {
  readonly name: string;
  readonly lab: string;
  /** Null while the namespace is being made: its name may be reserved already, and nothing is mounted there yet. */
  readonly inode: number | null;
  /** It was there before, and somebody said that the lab shall have it. */
  readonly adopted: boolean;
}

/** A record that is being written, with the pid of who writes it. */
const temporaryName = /^\..*\.(\d+)$/s;

/** Another lab has the name. */
export class NameTaken extends Error {
  override readonly name = 'NameTaken';
  readonly code = 'EEXIST';
}

/**
 * The account of our namespaces: one file per name, so that two labs can never both have it. Each file appears whole or not at all
 * (link(2), rename(2)); a file that cannot be read is nobody's.
 */
export class OwnedRecords {
  readonly #folder: string;

  constructor(folder = ownedFolder) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  }

  read(name: string): OwnedRecord | null {
    try {
      return parse(name, readFileSync(join(this.#folder, name), 'utf8'));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return null;
      throw error;
    }
  }

  /** All of one lab, or of all labs. */
  list(lab?: string): OwnedRecord[] {
    return readdirSync(this.#folder)
      .filter((name) => !name.startsWith('.'))
      .sort()
      .map((name) => this.read(name))
      .filter((record) => record !== null)
      .filter((record) => lab === undefined || isOfLab(lab, record.lab));
  }

  /** Takes a name. @throws NameTaken when another lab has it. A record of the same lab is written over. */
  take(record: OwnedRecord): void {
    const known = this.read(record.name);
    if (known !== null && isOfLab(record.lab, known.lab)) {
      this.write(record);
      return;
    }
    if (makeWhole(this.#temporary(record), join(this.#folder, record.name))) return;
    const owner = this.read(record.name)?.lab ?? 'another lab';
    throw new NameTaken(`The name ${record.name} belongs to the lab ${owner} on this machine.`);
  }

  /** Writes a record of a name that is taken already. */
  write(record: OwnedRecord): void {
    renameSync(this.#temporary(record), join(this.#folder, record.name));
  }

  forget(name: string): void {
    this.#remove(name);
  }

  #remove(file: string): void {
    rmSync(join(this.#folder, file), { force: true });
  }

  /** Removes what a process that was killed had not finished writing. */
  sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      const writer = temporaryName.exec(name)?.[1];
      if (writer !== undefined && startTimeOf(Number(writer)) === '') this.#remove(name);
    }
  }

  /** Names begin with a letter or a digit, so a dot keeps these apart. */
  #temporary({ name, ...content }: OwnedRecord): string {
    const file = join(this.#folder, `.${name}.${process.pid}`);
    writeFileSync(file, `${JSON.stringify({ vethlab: 1, ...content })}\n`, { mode: 0o600 });
    return file;
  }
}

function parse(name: string, text: string): OwnedRecord | null {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    return null;
  }
  if (typeof content !== 'object' || content === null || !('lab' in content) || typeof content.lab !== 'string')
    return null;
  const inode = 'inode' in content && typeof content.inode === 'number' ? content.inode : null;
  return { name, lab: content.lab, inode, adopted: 'adopted' in content && content.adopted === true };
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
