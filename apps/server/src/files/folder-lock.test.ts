import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { newFolder } from '../testing/new-folder.js';
import { FolderInUseError, lockFolder } from './folder-lock.js';
import { processStart } from './process-start.js';

function newFile(): string {
  return join(newFolder(), 'server.lock');
}

/** The lock as another process would have written it. */
function lockOf(pid: number, start: string | null, file = newFile()): string {
  const unlock = lockFolder(file);
  const boot = readFileSync(file, 'utf8').trimEnd().split(' ')[2] ?? '';
  unlock();
  writeFileSync(file, `${pid} ${start ?? '1'} ${boot}\n`);
  return file;
}

it('a folder is had by one process until that lets go of it, and nothing is left then', () => {
  const file = newFile();
  const unlock = lockFolder(file);
  expect(() => lockFolder(file)).toThrow(FolderInUseError);
  expect(readdirSync(dirname(file))).toEqual(['server.lock']);
  unlock();
  expect(readdirSync(dirname(file))).toEqual([]);
  lockFolder(file)();
});

it('the lock of another living process counts', () => {
  const child = spawn('sleep', ['60']);
  const file = lockOf(child.pid ?? 0, processStart(child.pid ?? 0));
  expect(() => lockFolder(file)).toThrow(expect.objectContaining({ pid: child.pid }));
  child.kill('SIGKILL');
});

it('a pid that is in use again by another process is no owner', () => {
  lockFolder(lockOf(process.pid, '1'))();
});

it.each([
  ['that is empty', ''],
  ['of no process', `${2 ** 22 + 1} 1 x\n`],
  ['of another boot', `${process.pid} ${processStart(process.pid)} another\n`],
  ['that is something else', 'hello\u0000'],
])('a lock %s is stale', (_title, text) => {
  const file = newFile();
  writeFileSync(file, text);
  const unlock = lockFolder(file);
  expect(readFileSync(file, 'utf8')).toMatch(new RegExp(`^${process.pid} `));
  unlock();
});

it('letting go leaves the lock of somebody else', () => {
  const file = newFile();
  const unlock = lockFolder(file);
  writeFileSync(file, 'another\n');
  unlock();
  expect(readFileSync(file, 'utf8')).toBe('another\n');
});
