import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

// Many processes one after another: seconds on a busy machine. Not a test of speed.
vi.setConfig({ testTimeout: 60_000 });

const scripts = fileURLToPath(new URL('.', import.meta.url));
let clone: string;

// A clone in miniature: our scripts, and programs that leave a trace instead of npm, tsc, rolldown and vite.
beforeEach(() => {
  clone = mkdtempSync(join(tmpdir(), 'vethlab-set-up-'));
  cpSync(scripts, join(clone, 'scripts'), { recursive: true });
  write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }));
  write(
    'npm.js',
    `
    const { appendFileSync, cpSync, mkdirSync } = require('node:fs');
    appendFileSync('trace', 'npm ' + process.argv.slice(2).join(' ') + ' ' + process.env.PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD + '\\n');
    if (process.env.NPM_FAILS) process.exit(1);
    cpSync('modules', 'node_modules', { recursive: true });
    cpSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
  write(
    'modules/typescript/bin/tsc',
    tool('tsc', [
      'packages/sandbox/dist/index.js',
      'apps/agent/dist/main.js',
      'apps/server/dist/main.js',
      'apps/cli/dist/main.js',
    ]),
  );
  write('modules/vite/bin/vite.js', tool('vite', ['dist/site/index.html']));
  write('modules/rolldown/package.json', '{"name":"rolldown","main":"index.js"}');
  write(
    'modules/rolldown/index.js',
    `
    const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs');
    const { dirname, join } = require('node:path');
    exports.rolldown = async ({ input }) => ({ close: async () => {}, write: async ({ file, dir }) => {
      appendFileSync('trace', 'rolldown\\n');
      for (const path of file ? [file] : Object.keys(input).map((name) => join(dir, name + '.js'))) {
        mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, '');
      } } });`,
  );
  write('modules/koffi/package.json', '{"name":"koffi","main":"index.cjs"}');
  write('modules/koffi/index.cjs', '');
  write('modules/koffi/src/heavy.cc', '');
  write('modules/@koromix/koffi-linux-x64/koffi.node', '');
  write('modules/@lydell/node-pty/package.json', '{"name":"@lydell/node-pty","main":"index.js"}');
  write('modules/@lydell/node-pty/index.js', '');
  write('modules/@lydell/node-pty-linux-x64/pty.node', '');
  write('packages/netlink/package.json', '{}');
  write('apps/agent/package.json', '{}');
  write('apps/agent/src/main.ts', '1');
  write('apps/web/src/main.ts', '1');
});
afterEach(() => rmSync(clone, { recursive: true, force: true }));

function tool(name: string, outputs: readonly string[]): string {
  return `const { appendFileSync, mkdirSync, writeFileSync } = require('node:fs'); const { dirname } = require('node:path');
    appendFileSync(${JSON.stringify(join(clone, 'trace'))}, '${name}\\n');
    if (require('node:fs').existsSync('broken')) { console.log('a.ts(1,1): error'); process.exit(1); }
    for (const file of ${JSON.stringify(outputs)}) { mkdirSync(dirname(file), { recursive: true }); writeFileSync(file, ''); }`;
}

function write(name: string, text: string): void {
  mkdirSync(join(clone, name, '..'), { recursive: true });
  writeFileSync(join(clone, name), text);
}

function options(env: Readonly<Record<string, string>> = {}) {
  return {
    cwd: clone,
    env: { PATH: process.env.PATH, npm_execpath: join(clone, 'npm.js'), ...env },
    encoding: 'utf8' as const,
  };
}

function setUp(mode = 'start', env: Readonly<Record<string, string>> = {}) {
  return spawnSync(process.execPath, ['scripts/setup.mjs', mode], options(env));
}

/** What was called since the last time. */
function trace(): string[] {
  const file = join(clone, 'trace');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  rmSync(file, { force: true });
  return lines;
}

test('a fresh clone is installed and built once, and the second time nothing is done', () => {
  const first = setUp();
  expect(first.stderr).toBe('');
  expect(first.status).toBe(0);
  const bundles = ['rolldown', 'rolldown', 'rolldown', 'rolldown'];
  expect(trace()).toEqual(['npm ci --no-audit --no-fund 1', 'tsc', ...bundles, 'vite']);
  expect(existsSync(join(clone, 'apps/agent/dist/bundle/node_modules/koffi/index.cjs'))).toBe(true);
  expect(existsSync(join(clone, 'apps/agent/dist/bundle/node_modules/@koromix/koffi-linux-x64/koffi.node'))).toBe(true);
  expect(existsSync(join(clone, 'apps/agent/dist/bundle/node_modules/koffi/src/heavy.cc'))).toBe(false);
  expect(existsSync(join(clone, 'apps/agent/dist/bundle/node_modules/@lydell/node-pty-linux-x64/pty.node'))).toBe(true);

  const second = setUp();
  expect([second.status, second.stdout, second.stderr]).toEqual([0, '', '']);
  expect(trace()).toEqual([]);
});

test('only what depends on a change is built again', () => {
  setUp();
  trace();
  write('apps/web/src/main.ts', '2');
  setUp();
  expect(trace()).toEqual(['vite']);
  write('apps/agent/src/main.ts', '2');
  setUp();
  expect(trace()).toEqual(['tsc', 'rolldown', 'rolldown']);
  write('apps/agent/src/main.test.ts', 'a test is in no build');
  setUp();
  expect(trace()).toEqual([]);
  utimesSync(join(clone, 'apps/web/src/main.ts'), new Date(), new Date());
  setUp();
  expect(trace()).toEqual([]);
  rmSync(join(clone, 'apps/web/dist'), { recursive: true });
  setUp();
  expect(trace()).toEqual(['vite']);
});

test('another package-lock.json is installed', () => {
  setUp();
  trace();
  write('package-lock.json', JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.1' } } }));
  setUp();
  expect(trace()[0]).toContain('npm ci');
});

test('what was installed by hand is good when it is the same', () => {
  cpSync(join(clone, 'modules'), join(clone, 'node_modules'), { recursive: true });
  cpSync(join(clone, 'package-lock.json'), join(clone, 'node_modules/.package-lock.json'));
  expect(setUp().status).toBe(0);
  expect(trace()).toEqual(['tsc', 'rolldown', 'rolldown', 'rolldown', 'rolldown', 'vite']);
});

test('a failed install and a failed build end with 1, say why, and are tried again', () => {
  const failed = setUp('start', { NPM_FAILS: '1' });
  expect(failed.status).toBe(1);
  expect(failed.stderr).toMatch(/error: npm ci failed \(exit code 1\) · package-lock\.json · /);
  write('broken', '');
  const broken = setUp();
  expect(broken.status).toBe(1);
  expect(broken.stderr).toContain('a.ts(1,1): error');
  rmSync(join(clone, 'broken'));
  expect(setUp().status).toBe(0);
});

test('two at once do the work once', async () => {
  const both = [0, 1].map(() =>
    spawn(process.execPath, ['scripts/setup.mjs', 'start'], { ...options(), stdio: 'ignore' }),
  );
  const codes = await Promise.all(both.map(async (child: ChildProcess) => (await once(child, 'exit'))[0]));
  expect(codes).toEqual([0, 0]);
  expect(trace().filter((line) => line.startsWith('npm'))).toHaveLength(1);
});

test('the lock of a set-up that was killed does not hold up the next', () => {
  const { pid } = spawnSync('true');
  write('.vethlab/set-up.lock', `${pid}\n`);
  expect(setUp().status).toBe(0);
  expect(existsSync(join(clone, '.vethlab/set-up.lock'))).toBe(false);
});

test('missing system tools are told as one line to type', () => {
  const folder = join(clone, 'bin');
  mkdirSync(folder);
  symlinkSync(process.execPath, join(folder, 'node'));
  const drop =
    process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'] : [];
  // The system's own folders are always searched, so the missing tool is made missing in the script.
  const tools = join(clone, 'scripts/set-up/system-tools.mjs');
  writeFileSync(tools, readFileSync(tools, 'utf8').replace("['ip']", "['no-such-ip']"));
  spawnSync('chmod', ['-R', 'a+rwX', clone]);
  const [command = '', ...args] = [...drop, process.execPath, 'scripts/setup.mjs', 'start'];
  const run = spawnSync(command, args, options());
  expect(run.status).toBe(1);
  expect(run.stderr).toContain('sudo apt-get install -y --no-install-recommends iproute2\n');
});

test('an unknown mode is refused', () => {
  expect(setUp('strat')).toMatchObject({ status: 1, stderr: expect.stringContaining('start, test, bench') });
});
