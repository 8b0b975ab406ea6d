import type { ChildProcess } from 'node:child_process';
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnDeadline } from '@vethlab/sandbox/testing/own-time';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildVethlab, closePlace, folderOfLab, openToOthers, startVethlab, vethlab } from '../testing/vethlab.js';

const router = 'labs/router.lab.yaml';
const promiseMs = 1_000;
let folder: string;
beforeAll(() => {
  buildVethlab();
  folder = mkdtempSync(join(tmpdir(), 'vethlab-run-'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
  closePlace();
});

/** What a lab could leave on the host. */
function hostState(): readonly string[] {
  const nft = spawnSync('nft', ['list', 'ruleset'], {
    encoding: 'utf8',
    env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' },
  });
  const links = JSON.parse(execFileSync('ip', ['-j', 'link'], { encoding: 'utf8' })) as {
    ifname: string;
    flags: string[];
  }[];
  return [
    execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }),
    JSON.stringify(links.map(({ ifname, flags }) => [ifname, flags])),
    nft.stdout,
    readFileSync('/proc/self/mountinfo', 'utf8'),
  ];
}

/** Living processes whose command line holds `mark`. */
function marked(mark: string): readonly string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid) || pid === `${process.pid}`) return false;
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(mark);
    } catch {
      return false;
    }
  });
}

async function goneInTime(mark: string): Promise<void> {
  const deadline = new OwnDeadline(promiseMs);
  while (marked(mark).length > 0 && !deadline.isOver) await deadline.pause();
  expect(marked(mark)).toEqual([]);
}

async function printed(child: ChildProcess, words: string): Promise<string> {
  let text = '';
  while (!text.includes(words)) {
    const [chunk] = (await once(child.stdout?.setEncoding('utf8') ?? child, 'data')) as [string];
    text += chunk;
  }
  return text;
}

const users = process.getuid?.() === 0 ? [true, false] : [true];

describe.each(users)('vethlab run (ordinary user: %s)', (ordinaryUser) => {
  // In a clone that only root can enter, the lab's user cannot either, and is told.
  const note =
    openToOthers || ordinaryUser ? '' : `note: the lab's user cannot enter ${process.cwd()}; the command runs in /\n`;

  test('pings through the router, and leaves the host as it was', () => {
    const before = hostState();
    const run = vethlab(['run', router, '--', 'ip', 'netns', 'exec', 'ns1', 'ping', '-c', '1', '192.168.2.1'], {
      ordinaryUser,
    });
    expect(run.stderr).toBe(note);
    expect(run.stdout).toContain('1 received');
    expect(run.status).toBe(0);
    expect(hostState()).toEqual(before);
  });

  test('ends with the exit code of the command, whose words are its own', () => {
    const run = vethlab(['run', router, '--', 'sh', '-c', 'echo out; echo err >&2; exit 7'], { ordinaryUser });
    expect(run).toEqual({ status: 7, stdout: 'out\n', stderr: `${note}err\n` });
  });

  test('gives the command our input, our folder and our environment', () => {
    const run = vethlab(['run', router, '--', 'sh', '-c', 'cat; pwd; echo "$GREETING"'], {
      ordinaryUser,
      input: 'in\n',
      env: { GREETING: 'hello' },
    });
    expect(run.stdout).toBe(`in\n${folderOfLab({ ordinaryUser })}\nhello\n`);
  });

  test('without a command opens a shell in the lab', () => {
    const run = vethlab(['run', router], {
      ordinaryUser,
      input: 'ip netns list | sort\nexit 5\n',
      env: { SHELL: '/bin/sh' },
    });
    expect(run.stdout).toMatch(/ns-router.*\n.*ns1.*\n.*ns2/);
    expect(run.status).toBe(5);
  });
});

test('writes a report', () => {
  const report = join(folder, 'report.json');
  expect(vethlab(['run', router, '--report', report, '--', 'false']).status).toBe(1);
  expect(JSON.parse(readFileSync(report, 'utf8'))).toMatchObject({
    vethlab: 1,
    plan: { steps: expect.any(Number) },
    apply: { ms: expect.any(Number), operations: expect.any(Number), failures: [] },
    verify: { differences: [] },
    command: { exitCode: 1 },
  });
});

test('a machine without user namespaces is told with its remedy, and exit code 4', () => {
  const setUp = 'echo 0 > /proc/sys/user/max_user_namespaces; exec "$@"';
  const within = [
    'unshare',
    '--user',
    '--map-root-user',
    '--net',
    '--mount',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
    'sh',
    '-c',
    setUp,
    'sh',
  ];
  const run = vethlab(['run', router, '--', 'true'], { within });
  expect(run.stderr).toMatch(
    /^error: User namespaces are switched off .* · this machine · .*sysctl -w user\.max_user_namespaces/,
  );
  expect(run.status).toBe(4);
  const json = vethlab(['run', '--json', router, '--', 'true'], { within });
  expect(JSON.parse(json.stderr).error.code).toBe('sandbox.user-namespaces-forbidden');
});

test('a command that does not exist ends with 127 and says so', () => {
  const run = vethlab(['run', router, '--', 'no-such-command']);
  expect(run.status).toBe(127);
  expect(run.stderr).toContain('no-such-command');
});

test('a lab that cannot be made whole exits with 3, says why and what helps, does not run the command, and leaves nothing', () => {
  const hosts = Array.from({ length: 100 }, (_, index) => `h${index + 1}`);
  const file = join(folder, 'hundred.lab.yaml');
  const nodes = hosts.map((name) => `  ${name}: { kind: host }\n`);
  writeFileSync(file, `vethlab: 1\nname: Hundred\nnodes:\n${nodes.join('')}`);
  const before = hostState();
  // As on a machine with a low limit of open files: enough to start with, too few for so many namespaces.
  const run = vethlab(['run', file, '--', 'echo', 'ran'], { within: ['prlimit', '--nofile=150:150'] });
  expect(run).toMatchObject({ status: 3, stdout: '' });
  expect(run.stderr).toMatch(/EMFILE/);
  expect(run.stderr).toContain('ulimit -n');
  expect(run.stderr).toContain(file);
  expect(hostState()).toEqual(before);
});

test('Ctrl-C goes to the command, and everything is torn down afterwards', async () => {
  const mark = `61.${process.pid}01`;
  const child = startVethlab(['run', router, '--', 'sh', '-c', `echo up; exec sleep ${mark}`]);
  await printed(child, 'up');
  process.kill(-(child.pid ?? 0), 'SIGINT');
  const [exitCode] = await once(child, 'exit');
  expect(exitCode).toBe(130);
  await goneInTime(mark);
});

test.each(['SIGTERM', 'SIGHUP', 'SIGKILL'] as const)('%s of vethlab alone leaves nothing', async (signal) => {
  const mark = `62.${process.pid}${signal.length}${signal.charCodeAt(3)}`;
  const before = hostState();
  const child = startVethlab(['run', router, '--', 'sh', '-c', `echo up; setsid sleep ${mark} & sleep ${mark}`]);
  await printed(child, 'up');
  child.kill(signal);
  await once(child, 'exit');
  await goneInTime(mark);
  expect(hostState()).toEqual(before);
});

test('serve answers, and ends with 0 on Ctrl-C', async () => {
  const data = join(folder, 'data');
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const child = startVethlab(['serve', '--port', '0', '--no-open', '--json', '--data', data], { env });
  const { url } = JSON.parse((await printed(child, '\n')).split('\n')[0] ?? '') as { url: string };
  expect((await fetch(new URL('/healthz', url))).status).toBe(200);
  process.kill(-(child.pid ?? 0), 'SIGINT');
  expect((await once(child, 'exit'))[0]).toBe(0);
});

test('kill -9 of serve ends the server too', async () => {
  const data = join(folder, 'data-of-the-killed');
  const env = { XDG_STATE_HOME: join(folder, 'state') };
  const child = startVethlab(['serve', '--port', '0', '--no-open', '--json', '--data', data], { env });
  await printed(child, '\n');
  expect(marked(data).length).toBeGreaterThanOrEqual(2);
  child.kill('SIGKILL');
  await once(child, 'exit');
  await goneInTime(data);
});
