import { copyFile, stat } from 'node:fs/promises';
import type { LabId } from '@vethlab/protocol';
import { type Diagnostic, maximumFileBytes, type Topology, type TopologyDiff } from '@vethlab/topology';
import type { DataFolder } from '../files/data-folder.js';
import type { FileCodec } from '../files/file-codec.js';
import { type JournalEntry, LabJournal } from '../files/lab-journal.js';
import { textHash } from '../files/text-hash.js';
import { writeAtomic } from '../files/write-atomic.js';

/** Identity of a file's content as the file system tells it, without reading. */
export interface FileStamp {
  readonly inode: number;
  readonly size: number;
  readonly changedAtMs: number;
}

export async function stampOf(file: string): Promise<FileStamp> {
  const { ino, size, mtimeMs } = await stat(file);
  return { inode: ino, size, changedAtMs: mtimeMs };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.inode === b.inode && a.size === b.size && a.changedAtMs === b.changedAtMs;
}

/** What is in a file now. */
export interface FoundFile {
  readonly text: string;
  readonly stamp: FileStamp;
  /** Why its bytes are no text. */
  readonly problems: readonly Diagnostic[];
}

/** Somebody else wrote the file since we looked: it must be read before it is written. */
export class FileChangedError extends Error {
  override readonly name = 'FileChangedError';
}

/** The file of one lab and its journal: what is on disk, and which accepted edits are not in the file yet. */
export class LabFile {
  readonly path: string;
  readonly #id: LabId;
  readonly #folder: DataFolder;
  readonly #codec: FileCodec;
  readonly #journal: LabJournal;
  #text: string;
  #hash: string;
  #stamp: FileStamp;
  #topology: Topology;
  /** Revision of the document in the file. */
  #revision: number;
  #unsaved: JournalEntry[];
  #journalBroken = true;
  /** The file has a text of somebody else that is not in the document. */
  #foreign = false;
  #turn: Promise<void> = Promise.resolve();

  constructor(options: {
    readonly folder: DataFolder;
    readonly codec: FileCodec;
    readonly id: LabId;
    readonly text: string;
    readonly stamp: FileStamp;
    /** The document that is in the file, and its revision. */
    readonly topology: Topology;
    readonly revision: number;
    readonly unsaved: readonly JournalEntry[];
  }) {
    this.#id = options.id;
    this.#folder = options.folder;
    this.#codec = options.codec;
    this.path = options.folder.labFile(options.id);
    this.#journal = new LabJournal(options.folder.journalFile(options.id));
    this.#text = options.text;
    this.#hash = textHash(options.text);
    this.#stamp = options.stamp;
    this.#topology = options.topology;
    this.#revision = options.revision;
    this.#unsaved = [...options.unsaved];
  }

  get text(): string {
    return this.#text;
  }

  get hash(): string {
    return this.#hash;
  }

  /** The document that is in the file: the newest one, without what is not saved. */
  get topology(): Topology {
    return this.#topology;
  }

  /** Accepted edits that are not in the file yet, oldest first. */
  get unsaved(): readonly JournalEntry[] {
    return this.#unsaved;
  }

  get stamp(): FileStamp {
    return this.#stamp;
  }

  /** Opens the journal. Throws the system's error, and works without one when that is caught. */
  openJournal(): void {
    this.#journalBroken = true;
    this.#journal.restart(this.#hash, this.#revision, this.#unsaved);
    this.#journalBroken = false;
  }

  /** An edit is being accepted. Throws the system's error when the disk does not take it; the edit is then kept in memory. */
  record(entry: JournalEntry): void {
    this.#unsaved.push(entry);
    if (this.#journalBroken) {
      // A journal with a gap could not be replayed: it is written anew, with all that is not saved.
      this.openJournal();
      return;
    }
    this.#journalBroken = true;
    this.#journal.append(entry);
    this.#journalBroken = false;
  }

  /**
   * Writes the document into the file, keeping its comments and order.
   * @throws FileChangedError when somebody else has written it since
   */
  save(topology: Topology, revision: number): Promise<void> {
    return this.alone(() => this.#save(topology, revision));
  }

  /** Runs `work` while nobody saves: for looking at the file and taking over what is in it. */
  alone<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#turn.then(work);
    this.#turn = turn.then(
      () => undefined,
      () => undefined,
    );
    return turn;
  }

  async #save(topology: Topology, revision: number): Promise<void> {
    const text = await this.#codec.write(topology, this.#text);
    const bytes = Buffer.byteLength(text);
    // Written, it could never be read again.
    if (bytes > maximumFileBytes)
      throw new Error(
        `The lab file would have ${bytes} bytes, and at most ${maximumFileBytes} are read: make the lab smaller.`,
      );
    if (text !== this.#text || this.#foreign) {
      await this.#checkUntouched();
      if (this.#foreign) await copyFile(this.path, this.#folder.trashFile(this.#id, new Date()));
      if (!this.#journalBroken) this.#journal.announceSave(textHash(text), revision);
      await writeAtomic(this.path, text);
      this.#stamp = await stampOf(this.path);
      this.#foreign = false;
      this.#text = text;
      this.#hash = textHash(text);
    }
    this.#saved(topology, revision);
  }

  /**
   * Takes over what somebody else wrote into the file. `revision` is the document's that it led to; `beyond` is what that
   * document has and the file has not, because edits of ours were not saved yet.
   */
  adopt(found: FoundFile, topology: Topology, revision: number, beyond: TopologyDiff | null): void {
    this.#text = found.text;
    this.#hash = textHash(found.text);
    this.#stamp = found.stamp;
    this.#foreign = false;
    this.#unsaved = beyond === null ? [] : [{ revision, diff: beyond }];
    this.#saved(topology, beyond === null ? revision : revision - 1);
  }

  /** The file was touched, or written with the same text. */
  restamp(stamp: FileStamp): void {
    this.#stamp = stamp;
    this.#foreign = false;
  }

  /** What is in the file now cannot be taken over: the next save keeps a copy of it in the trash and writes over it. */
  tolerate(stamp: FileStamp): void {
    this.#stamp = stamp;
    this.#foreign = true;
  }

  closeJournal(): void {
    this.#journal.close();
  }

  removeJournal(): void {
    this.#journal.remove();
  }

  async #checkUntouched(): Promise<void> {
    const found = await stampOf(this.path);
    if (!sameStamp(found, this.#stamp)) throw new FileChangedError(`${this.path} was changed by somebody else.`);
  }

  #saved(topology: Topology, revision: number): void {
    this.#topology = topology;
    this.#revision = revision;
    this.#unsaved = this.#unsaved.filter((entry) => entry.revision > revision);
    this.openJournal();
  }
}
