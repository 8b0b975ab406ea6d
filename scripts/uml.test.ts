import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error The scripts are plain JavaScript without declarations.
import { runInUml } from './uml/boot.mjs';

// What becomes of a kernel that does not do its work; that a real one does it is seen in the tests that run in it.

let scratch: string;
beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'vethlab-boot-'));
});
afterAll(() => rmSync(scratch, { recursive: true }));

/** Runs a shell script in the place of the kernel: it finds its folder in $folder. */
async function runIn(kernel: string, deadlineMs = 20_000) {
  const program = join(scratch, 'kernel');
  const find = `folder=$(printf '%s\\n' "$@" | sed -n 's/^VETHLAB_UML_FOLDER=//p')`;
  writeFileSync(program, `#!/bin/sh\n${find}\n${kernel}\n`);
  chmodSync(program, 0o755);
  const told: string[] = [];
  let out = '';
  const result = await runInUml({
    command: ['sh', '-c', 'echo "$WORD, $1"', 'sh', "it's"],
    cwd: scratch,
    env: { WORD: 'two words' },
    deadlineMs,
    program,
    prepare: () => undefined,
    onLine: (line: string) => told.push(line),
    takeOut: (folder: string) => {
      out = existsSync(join(folder, 'report')) ? readFileSync(join(folder, 'report'), 'utf8') : '';
    },
  });
  return { ...result, told, out };
}

test('the command’s lines, exit code and files come out; what the kernel says before and after does not', async () => {
  const ran = await runIn(`
    echo 'Linux version'; echo 'vethlab-uml: up'; sh "$folder/command"
    printf 'line\\r\\n'; echo 3 > "$folder/out/status"; printf all > "$folder/out/report"
    echo 'vethlab-uml: down'; echo 'Power down'; sleep 8765.4321`);
  expect(ran).toMatchObject({ status: 3, why: null, told: ["two words, it's", 'line'], out: 'all' });
});

test('a kernel that does not come up gives no status, and its console', async () => {
  const ran = await runIn('echo "Kernel panic"; exit 6');
  expect(ran).toMatchObject({ status: null, why: 'it did not come up (exit code 6)', console: ['Kernel panic'] });
});

test('a kernel that ends before its command does gives no status', async () => {
  const ran = await runIn('echo "vethlab-uml: up"; echo "Oops"; exit 0');
  expect(ran).toMatchObject({ status: null, why: 'it ended before the command did', told: ['Oops'] });
});

test('a kernel that hangs is ended with all its processes', async () => {
  const ran = await runIn('echo "vethlab-uml: up"; sleep 8765.4321 & echo waiting; wait', 1000);
  expect(ran).toMatchObject({ status: null, why: 'it was not done after 1 s', told: ['waiting'] });
  expect(spawnSync('pgrep', ['-f', 'sleep 8765[.]4321'], { encoding: 'utf8' }).stdout).toBe('');
});

test('a kernel that is not installed is told', async () => {
  const { status, why } = await runInUml({
    command: ['true'],
    cwd: scratch,
    deadlineMs: 1000,
    program: join(scratch, 'none'),
    prepare: () => undefined,
    onLine: () => undefined,
    takeOut: () => undefined,
  });
  expect(status).toBeNull();
  expect(why).toMatch(/did not come up \(exit code 127\)/);
});
