import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { painterFor } from './output/colours.js';
import { buildVethlab, vethlab } from './testing/vethlab.js';

const router = 'labs/router.lab.yaml';
let folder: string;
beforeAll(() => {
  buildVethlab();
  folder = mkdtempSync(join(tmpdir(), 'vethlab-cli-'));
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const broken = `vethlab: 1
name: Broken
nodes:
  ns1:
    kind: host
    interfaces:
      eth0: { addresses: [10.0.0.300/24] }
      this-name-is-too-long: {}
`;

test('a valid lab is valid', () => {
  expect(vethlab(['validate', router])).toMatchObject({ status: 0, stdout: expect.stringContaining('valid') });
  expect(JSON.parse(vethlab(['validate', router, '--json']).stdout)).toMatchObject({ vethlab: 1, valid: true });
});

test('every problem of a lab is listed with its line and column', () => {
  const path = file('broken.lab.yaml', broken);
  const { status, stderr, stdout } = vethlab(['validate', path]);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  const lines = stderr.trim().split('\n');
  expect(lines.length).toBeGreaterThanOrEqual(2);
  for (const line of lines) expect(line).toMatch(/^(error|warning): .+ · .+broken\.lab\.yaml:[78]:\d+ · .+/);

  const json = vethlab(['validate', '--json', path]);
  expect(json.status).toBe(1);
  const { valid, diagnostics } = JSON.parse(json.stdout);
  expect(valid).toBe(false);
  expect(diagnostics[0]).toMatchObject({
    line: expect.any(Number),
    column: expect.any(Number),
    code: expect.any(String),
  });
});

test.each(['plan', 'run', 'export'])('%s of an invalid lab ends with 1 and says why', (command) => {
  const path = file('broken.lab.yaml', broken);
  const rest = command === 'export' ? ['--format', 'sh'] : [];
  const { status, stderr, stdout } = vethlab([command, path, ...rest]);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toContain(`${path}:7:`);
  expect(stderr).toMatch(/error: this lab has .*error.* · .* · mend what is listed above/);
});

test.each([
  ['no file', () => join(folder, 'nowhere.yaml'), 'ENOENT'],
  ['a folder', () => folder, 'EISDIR'],
  ['a binary file', () => file('binary.lab.yaml', Buffer.from([0, 1, 2, 255])), 'zero byte'],
  ['a file of 200 MB', () => file('large.lab.yaml', Buffer.alloc(200 * 1024 * 1024, 'a')), 'at most'],
  ['an empty file', () => file('empty.lab.yaml', ''), 'error:'],
])('%s is told in one line', (_name, path, words) => {
  const startedAtMs = performance.now();
  const { status, stderr } = vethlab(['validate', path()]);
  expect(status).toBe(1);
  expect(stderr).toContain(words);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(performance.now() - startedAtMs).toBeLessThan(20_000);
});

test('a plan gives steps with reasons and commands', () => {
  const { status, stdout } = vethlab(['plan', router]);
  expect(status).toBe(0);
  expect(stdout).toContain('$ ip netns add ns1');
  expect(stdout).toMatch(/\d+ steps: \d+ to add/);

  const { steps } = JSON.parse(vethlab(['plan', router, '--json']).stdout);
  expect(steps.length).toBeGreaterThan(5);
  expect(steps[0]).toMatchObject({ action: 'add', reason: expect.any(String), commands: [expect.any(String)] });
});

test('an exported script is a shell script', () => {
  const { status, stdout } = vethlab(['export', router, '--format', 'sh']);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^#!\/bin\/sh\n/);
  expect(spawnSync('sh', ['-n'], { input: stdout }).status).toBe(0);
  expect(JSON.parse(vethlab(['export', router, '--format', 'sh', '--json']).stdout).script).toBe(stdout);
});

test.each([
  [['vlidate', router], 'unknown command', 'Did you mean validate?'],
  [['validate'], "missing required argument 'file'", 'vethlab validate --help'],
  [['validate', '--jsn', router], "unknown option '--jsn'", 'Did you mean --json?'],
  [['export', router], "required option '--format <format>' not specified", '--help'],
  [['export', router, '--format', 'docker'], "argument 'docker' is invalid", '--help'],
  [['plan', router, router], 'too many arguments', '--help'],
])('%j is told as what, where and how', (args, what, how) => {
  const { status, stderr, stdout } = vethlab(args);
  expect(status).toBe(1);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: .+ · command line · .+\n$/);
  expect(stderr).toContain(what);
  expect(stderr).toContain(how);
});

test('an error is JSON for machines', () => {
  const { stderr } = vethlab(['plan', '--json', join(folder, 'nowhere.yaml')]);
  expect(JSON.parse(stderr)).toMatchObject({
    vethlab: 1,
    error: { code: 'file.unreadable', where: expect.any(String) },
  });
});

test.each([
  [[]],
  [['serve']],
  [['validate']],
  [['plan']],
  [['run']],
  [['export']],
  [['down']],
  [['adopt']],
  [['discover']],
])('--help of %j', (command) => {
  const { status, stdout } = vethlab([...command, '--help']);
  expect(status).toBe(0);
  expect(stdout).toContain(`vethlab${command.map((name) => ` ${name}`).join('')}`);
});

test('the version is the one of the package', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  expect(vethlab(['--version']).stdout.trim()).toBe(version);
});

test('nothing that a terminal would obey is printed, and no colour without a terminal', () => {
  const path = file(
    '\u001b[31mred.lab.yaml',
    'vethlab: 1\nname: "a\\u001b[2Jb"\nnodes: { "\\u001b]52;c;aGk=\\u0007": { kind: host } }\n',
  );
  const { status, stdout, stderr } = vethlab(['validate', path]);
  expect(status).toBe(1);
  expect(stdout + stderr).not.toContain('\u001b');
});

test('colour is for terminals, and NO_COLOR is respected', () => {
  expect(painterFor({ isTTY: true }, {})('red', 'x')).toBe('\u001b[31mx\u001b[39m');
  expect(painterFor({ isTTY: true }, { NO_COLOR: '1' })('red', 'x')).toBe('x');
  expect(painterFor({ isTTY: true }, { TERM: 'dumb' })('red', 'x')).toBe('x');
  expect(painterFor({ isTTY: false }, {})('red', 'x')).toBe('x');
});

test('output into a pipe that closes early is no fault', () => {
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', '"$1" apps/cli/bin/vethlab.js plan labs/router.lab.yaml | head -1', 'sh', process.execPath],
    {
      cwd: new URL('../../../', import.meta.url),
      encoding: 'utf8',
    },
  );
  expect(stderr).not.toContain('EPIPE');
  expect(status).toBe(0);
});
