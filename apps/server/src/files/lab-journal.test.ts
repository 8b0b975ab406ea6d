import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TopologyDiff } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { newFolder } from '../testing/new-folder.js';
import { LabJournal, readJournal } from './lab-journal.js';

function newFile(): string {
  return join(newFolder(), 'lab.jsonl');
}

function renamed(before: string, after: string): TopologyDiff {
  return { renames: [], changes: [{ record: 'lab', before: { name: before }, after: { name: after }, index: 0 }] };
}

const entries = [
  { revision: 6, diff: renamed('a', 'b') },
  { revision: 7, diff: renamed('b', 'c') },
] as const;

it('gives back every edit that was recorded', () => {
  const file = newFile();
  const journal = new LabJournal(file);
  journal.restart('hash-of-text', 5, []);
  for (const entry of entries) journal.append(entry);
  expect(readJournal(file, 'hash-of-text')).toEqual({ revision: 5, entries, ignored: null });
});

it('is empty when there is none', () => {
  expect(readJournal(newFile(), 'any')).toEqual({ revision: 1, entries: [], ignored: null });
});

it('drops a last line that a crash cut short', () => {
  const file = newFile();
  const journal = new LabJournal(file);
  journal.restart('base', 5, [entries[0]]);
  appendFileSync(file, '{"revision":7,"diff":{"renames":[],"chan');
  expect(readJournal(file, 'base').entries).toEqual([entries[0]]);
});

it('knows both texts while a save replaces one by the other', () => {
  const file = newFile();
  const journal = new LabJournal(file);
  journal.restart('old', 5, [entries[0]]);
  journal.announceSave('new', 6);
  journal.append(entries[1]);
  expect(readJournal(file, 'old').entries).toEqual(entries);
  expect(readJournal(file, 'new')).toEqual({ revision: 6, entries: [entries[1]], ignored: null });
});

it('says why it is ignored when somebody else changed the file', () => {
  const file = newFile();
  new LabJournal(file).restart('ours', 5, entries);
  const read = readJournal(file, 'theirs');
  expect(read.entries).toEqual([]);
  expect(read.ignored).toContain('somebody else');
  // Revisions go on, so that an old tab's base revision never means another document.
  expect(read.revision).toBe(8);
});

it('is no journal when its first line is something else', () => {
  const file = newFile();
  appendFileSync(file, '{"some":"thing"}\n');
  expect(readJournal(file, 'any').ignored).toContain('first line');
});

it('starts anew with what was not saved', () => {
  const file = newFile();
  const journal = new LabJournal(file);
  journal.restart('old', 5, entries);
  journal.restart('new', 6, [entries[1]]);
  journal.close();
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(2);
  expect(readJournal(file, 'new').entries).toEqual([entries[1]]);
});
