import type { Topology, TopologyDiff } from '@vethlab/topology';
import type { Logger } from 'pino';
import type { JournalEntry } from '../files/lab-journal.js';
import { LabSaver } from '../files/lab-saver.js';
import { FileChangedError, type FoundFile, type LabFile } from './lab-file.js';

export interface KeeperOwner {
  readonly newest: () => { readonly topology: Topology; readonly revision: number };
  /** Null when everything is on disk again. */
  readonly onSaveError: (saveError: string | null) => void;
}

/** Keeps a lab on disk: each edit in the journal at once, the file a moment later, and all of it in memory when the disk fails. */
export class LabKeeper {
  readonly #file: LabFile;
  readonly #owner: KeeperOwner;
  readonly #log: Logger;
  readonly #saver: LabSaver;
  #saveError: string | null = null;

  constructor(file: LabFile, owner: KeeperOwner, log: Logger) {
    this.#file = file;
    this.#owner = owner;
    this.#log = log;
    this.#saver = new LabSaver(
      () => {
        const { topology, revision } = owner.newest();
        return file.save(topology, revision);
      },
      (error) => this.#saved(error),
    );
  }

  get saveError(): string | null {
    return this.#saveError;
  }

  /** Makes the journal ready, and saves what a crash kept out of the file. */
  open(): void {
    this.#guardDisk(() => this.#file.openJournal());
    if (this.#owner.newest().topology !== this.#file.topology) this.#saver.changed();
  }

  /** An edit is being accepted. */
  record(entry: JournalEntry): void {
    this.#guardDisk(() => this.#file.record(entry));
    this.#saver.changed();
  }

  /** Somebody else's text is part of the document now; `beyond` is what the document has and that text has not. */
  adopt(found: FoundFile, theirs: Topology, beyond: TopologyDiff | null): void {
    this.#guardDisk(() => this.#file.adopt(found, theirs, this.#owner.newest().revision, beyond));
    if (beyond !== null) this.#saver.changed();
  }

  saveSoon(): void {
    this.#saver.changed();
  }

  /** Writes what is not written. Resolves when it was tried. */
  flush(): Promise<void> {
    return this.#saver.flush();
  }

  /** The server ends: the file stays. */
  async close(): Promise<void> {
    await this.#saver.flush();
    await this.#saver.stop();
    this.#file.closeJournal();
  }

  /** The lab is no more: nothing is written. */
  async remove(): Promise<void> {
    await this.#saver.stop();
    this.#file.removeJournal();
  }

  /** The journal is on a disk too: when that is full, the edit is kept in memory and the person is told. */
  #guardDisk(write: () => void): void {
    try {
      write();
    } catch (error) {
      this.#log.error({ err: error }, 'journal not written');
      this.#setSaveError(describeDiskError(error));
      this.#saver.changed();
    }
  }

  #saved(error: unknown): void {
    if (error instanceof FileChangedError) {
      this.#log.info('file was changed by somebody else; reading it before saving');
      return;
    }
    if (error !== null) this.#log.error({ err: error }, 'lab not saved');
    this.#setSaveError(error === null ? null : describeDiskError(error));
  }

  #setSaveError(saveError: string | null): void {
    if (saveError === this.#saveError) return;
    this.#saveError = saveError;
    this.#owner.onSaveError(saveError);
  }
}

const diskErrors = new Map<string, string>([
  ['ENOSPC', 'The disk is full'],
  ['EDQUOT', 'The quota of the disk is used up'],
  ['EFBIG', 'The file would become larger than is allowed'],
  ['EROFS', 'The disk is read-only'],
  ['EACCES', 'The folder may not be written'],
  ['EPERM', 'The folder may not be written'],
  ['EIO', 'The disk has a fault'],
]);

/** For people: what keeps the lab from being saved. */
function describeDiskError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  const reason = diskErrors.get(code) ?? (error instanceof Error ? error.message : String(error));
  return `${reason}. The lab is kept in memory and saving is tried again.`;
}
