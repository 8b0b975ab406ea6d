import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildVethlab, closePlace, vethlab } from '../testing/vethlab.js';

let folder: string;
beforeAll(() => {
  buildVethlab();
  folder = mkdtempSync(join(tmpdir(), 'vethlab-run-outside-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  closePlace();
});

/** An ordinary user's program, after this was done to what it sees of the machine. */
const within = (script: string): readonly string[] => [
  ...['unshare', '--user', '--map-current-user', '--keep-caps', '--mount'],
  ...['sh', '-euc', `${script}; exec "$@"`, 'sh'],
];

/** Something that is no program lies over it. Where there is none there is nothing to hide. */
const withoutPasta = '! pasta=$(command -v pasta) || mount --bind /dev/null "$pasta"';

const command = [
  'run',
  'labs/internet.lab.yaml',
  '--',
  'ip',
  'netns',
  'exec',
  'laptop',
  'ping',
  '-c1',
  '192.168.178.1',
];

test.each([
  ['may not open /dev/net/tun', 'mount -t tmpfs none /dev/net', 'sudo chmod 666 /dev/net/tun'],
  ['has no pasta', withoutPasta, 'sudo apt-get install passt'],
])('an ordinary user who %s runs a lab without its way out, and is told how to have it', (_what, script, remedy) => {
  const run = vethlab(command, { ordinaryUser: true, within: within(script) });
  expect(run.stdout).toContain('1 received');
  expect(run.status).toBe(0);
  expect(run.stderr).toMatch(/^warning: .*internet\.lab\.yaml.*The way out in internet is left out\./);
  expect(run.stderr).toContain(remedy);
});

test('the report of such a run has neither failures nor differences', () => {
  const report = join(folder, 'report.json');
  const asWeAre = process.getuid?.() === 0 ? ['unshare', '--mount'] : within('true').slice(0, 5);
  const hide = ['sh', '-euc', `${withoutPasta}; exec "$@"`, 'sh'];
  const run = vethlab(['run', '--report', report, 'labs/internet.lab.yaml', '--', 'true'], {
    within: [...asWeAre, ...hide],
  });
  expect(run.status).toBe(0);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    apply: { failures: [] },
    verify: { differences: [] },
  });
});
