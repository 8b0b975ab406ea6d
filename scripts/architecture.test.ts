import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, test } from 'vitest';

const script = fileURLToPath(new URL('./architecture.mjs', import.meta.url));
let folder = '';
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Checks a repository made of these files. */
function check(files: Readonly<Record<string, string>>) {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-architecture-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  return { status, stderr };
}

function declares(...names: string[]): string {
  return JSON.stringify({ dependencies: Object.fromEntries(names.map((name) => [name, '0.1.0'])) });
}

test('a tree that keeps to the arrow is fine', () => {
  const { status, stderr } = check({
    'packages/planner/package.json': declares('@vethlab/topology'),
    'packages/planner/src/a.ts':
      "import type { T } from '@vethlab/topology';\nimport { b } from './b.js';\n// import { x } from '@vethlab/protocol';\n",
    'apps/cli/package.json': declares('@vethlab/server'),
    'apps/cli/src/a.ts': "const main = import.meta.resolve('@vethlab/server/main');\nimport 'node:fs';\n",
  });
  expect(stderr).toBe('');
  expect(status).toBe(0);
});

test.each([
  [
    'an import against the arrow',
    'packages/topology/src/a.ts',
    "import type { P } from '@vethlab/planner';",
    ['@vethlab/planner'],
    'against the arrow',
  ],
  [
    'a type from above inside a test',
    'packages/planner/src/a.test.ts',
    "import type { P } from '@vethlab/protocol';",
    [],
    'against the arrow',
  ],
  [
    'netlink that knows of labs',
    'packages/netlink/src/a.ts',
    "import type { T } from '@vethlab/topology';",
    ['@vethlab/topology'],
    'against the arrow',
  ],
  [
    'an app that imports an app',
    'apps/server/src/a.ts',
    "export * from '@vethlab/agent/bundle';",
    ['@vethlab/agent'],
    'imports the app agent',
  ],
  ['Node in a pure package', 'packages/protocol/src/a.ts', "import fs from 'node:fs';", [], 'is pure'],
  ['Node in a pure package, imported late', 'packages/protocol/src/a.ts', "await import('node:fs');", [], 'is pure'],
  [
    'execa outside of the agent',
    'packages/sandbox/src/a.ts',
    "import { execa } from 'execa';",
    ['execa'],
    'reserved to the agent',
  ],
  [
    'a workspace import that is not declared',
    'packages/planner/src/a.ts',
    "import '@vethlab/topology';",
    [],
    'not declared',
  ],
  [
    'a path into another package',
    'packages/planner/src/a.ts',
    "import '../../topology/src/index.js';",
    [],
    'leaves packages/planner/',
  ],
] as const)('%s is a violation', (_name, file, text, declared, words) => {
  const home = file.split('/').slice(0, 2).join('/');
  const { status, stderr } = check({ [`${home}/package.json`]: declares(...declared), [file]: `\n${text}\n` });
  expect(stderr).toContain(`${file}:2: `);
  expect(stderr).toContain(words);
  expect(status).toBe(1);
});

test('a second file that imports execa is a violation', () => {
  const text = "import { execa } from 'execa';";
  const { status, stderr } = check({ 'apps/agent/src/a.ts': text, 'apps/agent/src/b.ts': text });
  expect(stderr).toContain('one file imports execa');
  expect(status).toBe(1);
});

test('a path of the machine is a violation', () => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-architecture-'));
  writeFileSync(join(folder, 'notes.md'), `see\n${folder}/x\n`);
  const { status, stderr } = spawnSync(process.execPath, [script, folder], { encoding: 'utf8' });
  expect(stderr).toContain('notes.md:2: names a place on one machine');
  expect(status).toBe(1);
});

test('a private registry and a native that is missing in package-lock.json are violations', () => {
  const lock = {
    packages: {
      'node_modules/a': {
        version: '1.0.0',
        optionalDependencies: { 'a-linux': '1.0.0', 'a-win': '1.0.0', 'a-any': '^2' },
      },
      'node_modules/a-linux': { version: '1.0.0', resolved: 'https://registry.example/a-linux.tgz' },
      'node_modules/a-win': { version: '0.9.0' },
      'node_modules/a-any': { version: '2.1.0' },
    },
  };
  const { stderr } = check({ 'package-lock.json': JSON.stringify(lock, null, 2) });
  expect(stderr).toContain('https://registry.example');
  expect(stderr).toContain('needs a-win 1.0.0');
  expect(stderr).not.toContain('a-any');
  expect(stderr.trim().split('\n')).toHaveLength(2);
});

test('an empty tree is not taken for a good one', () => {
  expect(check({}).status).toBe(1);
});
