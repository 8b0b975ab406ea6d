import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { LabId } from '@vethlab/protocol';
import {
  applyDiff,
  type Diagnostic,
  decodeLabFile,
  diagnostic,
  maximumFileBytes,
  type Topology,
} from '@vethlab/topology';
import type { DataFolder } from '../files/data-folder.js';
import type { FileCodec } from '../files/file-codec.js';
import { readJournal } from '../files/lab-journal.js';
import { textHash } from '../files/text-hash.js';
import { type FoundFile, LabFile, stampOf } from './lab-file.js';

/** A file that cannot be used, with the reasons. */
export interface BrokenFile {
  readonly found: FoundFile | null;
  readonly diagnostics: readonly Diagnostic[];
}

export interface LoadedFile {
  readonly file: LabFile;
  readonly topology: Topology;
  readonly revision: number;
  /** Accepted edits that a crash kept out of the file, and that are in the document again. */
  readonly replayed: number;
  /** Why edits in the journal were left out; null when none were. */
  readonly ignored: string | null;
}

/** Reads the text of a lab file with its stamp; a file that is too large is not read at all. Throws the system's error. */
export async function readFound(path: string): Promise<FoundFile> {
  const stamp = await stampOf(path);
  if (stamp.size > maximumFileBytes) {
    const detail = `The file has ${stamp.size} bytes; at most ${maximumFileBytes} are read.`;
    return { text: '', stamp, problems: [diagnostic('file.size', [], detail)] };
  }
  const bytes = await readFile(path);
  // The quick check of Node first: the exact one reads byte by byte, to tell where the fault is.
  if (isUtf8(bytes) && !bytes.includes(0)) return { text: bytes.toString('utf8'), stamp, problems: [] };
  const decoded = decodeLabFile(bytes);
  return { text: bytes.toString('utf8'), stamp, problems: decoded.ok ? [] : decoded.diagnostics };
}

/** Reads one lab: file, then the journal with what a crash kept out of it. */
export async function loadLab(
  id: LabId,
  folder: DataFolder,
  codec: FileCodec,
): Promise<{ readonly ok: true; readonly lab: LoadedFile } | ({ readonly ok: false } & BrokenFile)> {
  const path = folder.labFile(id);
  let found: FoundFile;
  try {
    if (!(await stat(path)).isFile()) return { ok: false, found: null, diagnostics: [unreadable('it is not a file')] };
    found = await readFound(path);
  } catch (error) {
    return { ok: false, found: null, diagnostics: [unreadable((error as Error).message)] };
  }
  if (found.problems.length > 0) return { ok: false, found, diagnostics: found.problems };
  const read = await codec.read(found.text);
  if (!read.ok) return { ok: false, found, diagnostics: read.diagnostics };

  const journal = readJournal(folder.journalFile(id), textHash(found.text));
  let { topology } = read;
  let { ignored } = journal;
  const replayed = [];
  for (const entry of journal.entries) {
    const applied = applyDiff(topology, entry.diff);
    if (!applied.ok) {
      ignored = 'it does not fit the file';
      break;
    }
    topology = applied.topology;
    replayed.push(entry);
  }
  const file = new LabFile({
    folder,
    codec,
    id,
    text: found.text,
    stamp: found.stamp,
    topology: read.topology,
    revision: journal.revision,
    unsaved: replayed,
  });
  const revision = replayed.at(-1)?.revision ?? journal.revision;
  return { ok: true, lab: { file, topology, revision, replayed: replayed.length, ignored } };
}

/** The file cannot even be looked into: said in the same shape as what is wrong inside. */
function unreadable(why: string): Diagnostic {
  return {
    code: 'file.unreadable',
    severity: 'error',
    summary: 'The file cannot be read.',
    detail: `The file cannot be read: ${why}. Make it readable for you, or remove it.`,
    path: [],
  };
}
