import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { diagnosticCodes } from '@vethlab/topology';
import { expect, it } from 'vitest';
import { problemTitles } from './problem-error.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const rows = readFileSync(join(root, 'docs/diagnostics.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `'));
const listed = rows.map((row) => row.split('`')[1] ?? '');

/** Where codes are written as text. The browser's own names of actions look alike, and are none. */
const folders = ['apps/server', 'apps/agent', 'apps/cli', 'packages/sandbox', 'packages/protocol', 'packages/planner'];

/** Ours by their endings, and those in a folder of cgroups(7). */
const fileName = /\.(?:[cm]?[jt]s|json|html|lock|yaml|dep|conf)$|^(?:cgroup|pids)\./;

/** Every text in the sources that looks like a code, and like no file name. */
function codesInSources(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const folder of folders) {
    for (const file of readdirSync(join(root, folder, 'src'), { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.includes('testing/')) continue;
      const text = readFileSync(join(root, folder, 'src', file), 'utf8');
      for (const [, code = ''] of text.matchAll(/'([a-z]+\.[a-z0-9]+(?:-[a-z0-9]+)*)'/g)) {
        if (!fileName.test(code)) found.add(code);
      }
    }
  }
  return found;
}

it('docs/diagnostics.md lists every code once', () => {
  expect(listed).toEqual([...new Set(listed)]);
});

it('docs/diagnostics.md lists every code that the sources have, and no other', () => {
  const codes = codesInSources();
  // The search finds what it is for.
  expect(codes).toContain('sandbox.tool-missing');
  expect(codes).toContain('message.unknown');
  const known = new Set([...Object.keys(diagnosticCodes), ...codes]);
  expect([...known].filter((code) => !listed.includes(code))).toEqual([]);
  expect(listed.filter((code) => !known.has(code))).toEqual([]);
});

it('docs/diagnostics.md has the titles of the answers of the server', () => {
  for (const [code, title] of Object.entries(problemTitles)) {
    expect(rows.find((row) => row.startsWith(`| \`${code}\` |`))).toContain(`| ${title} |`);
  }
});
