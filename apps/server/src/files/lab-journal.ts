import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import type { TopologyDiff } from '@vethlab/topology';
import { topologyDiffSchema } from '@vethlab/topology';
import { z } from 'zod';
import { writeAtomicSync } from './write-atomic.js';

/*
 * One JSON object a line. The first says what the journal builds on: the hash of the file's text, and the revision of the
 * document that is in it. Each accepted edit adds its diff before anybody is told that it was accepted. Just before a save
 * replaces the file, a `saving` line announces the new text's hash: between the rename and the new journal, both hashes
 * are good. So `kill -9` at any moment loses no accepted edit, and a file that somebody else changed is recognised.
 */
const headLine = z.object({ vethlab: z.literal(1), base: z.string(), revision: z.number() });
const savingLine = z.object({ saving: z.string(), revision: z.number() });
const editLine = z.object({ revision: z.number(), diff: topologyDiffSchema });

export interface JournalEntry {
  /** The revision that the diff leads to. */
  readonly revision: number;
  readonly diff: TopologyDiff;
}

export interface JournalContent {
  /** Revision of the document in the file. */
  readonly revision: number;
  /** Accepted edits that are not in the file yet, oldest first. */
  readonly entries: readonly JournalEntry[];
  /** Set when the journal has edits that do not belong to this file, and why. */
  readonly ignored: string | null;
}

/** What a journal says about a file with this text. A missing journal is an empty one; a torn last line is dropped. */
export function readJournal(file: string, fileHash: string): JournalContent {
  const lines = readLines(file);
  const head = headLine.safeParse(lines[0]);
  if (!head.success) {
    return { revision: 1, entries: [], ignored: lines.length === 0 ? null : 'its first line cannot be read' };
  }
  const entries: JournalEntry[] = [];
  let base = head.data.base === fileHash ? head.data.revision : null;
  let last = head.data.revision;
  for (const line of lines.slice(1)) {
    const saving = savingLine.safeParse(line);
    if (saving.success) {
      if (saving.data.saving === fileHash) base = saving.data.revision;
      continue;
    }
    const edit = editLine.safeParse(line);
    // The diffs after a line that cannot be read would not fit any more.
    if (!edit.success) break;
    entries.push(edit.data);
    last = edit.data.revision;
  }
  if (base === null) {
    const ignored = entries.length === 0 ? null : 'the file was changed by somebody else since';
    return { revision: last + 1, entries: [], ignored };
  }
  const from = base;
  return { revision: from, entries: entries.filter((entry) => entry.revision > from), ignored: null };
}

function readLines(file: string): unknown[] {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const lines: unknown[] = [];
  for (const line of text.split('\n')) {
    if (line === '') continue;
    try {
      lines.push(JSON.parse(line));
    } catch {
      // Torn by a crash in the middle of a write: nobody was told that this edit was accepted.
      break;
    }
  }
  return lines;
}

/** The journal of one lab. Every method is synchronous: an edit is in it before it is accepted. Errors are the system's. */
export class LabJournal {
  readonly #file: string;
  #fd: number | null = null;
  #length = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Starts anew on a file with this text; `entries` are the edits that came after it. */
  restart(base: string, revision: number, entries: readonly JournalEntry[]): void {
    this.close();
    const lines = [{ vethlab: 1, base, revision }, ...entries].map((line) => `${JSON.stringify(line)}\n`);
    const text = lines.join('');
    writeAtomicSync(this.#file, text);
    this.#fd = openSync(this.#file, 'a');
    this.#length = Buffer.byteLength(text);
  }

  append(entry: JournalEntry): void {
    this.#write(entry);
  }

  /** A save is about to replace the file by a text with this hash. */
  announceSave(hash: string, revision: number): void {
    this.#write({ saving: hash, revision });
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  remove(): void {
    this.close();
    rmSync(this.#file, { force: true });
  }

  #write(line: object): void {
    if (this.#fd === null) throw new Error('The journal is not open.');
    const bytes = Buffer.from(`${JSON.stringify(line)}\n`);
    try {
      let written = 0;
      while (written < bytes.length) written += writeSync(this.#fd, bytes, written);
      this.#length += bytes.length;
    } catch (error) {
      // Half a line in the middle would hide every later one.
      ftruncateSync(this.#fd, this.#length);
      throw error;
    }
  }
}
