import { execFileSync, spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkMachine } from '../index.js';
import { buildBundles, type TestBundles } from '../testing/bundles.js';
import { findTools } from './tools.js';

let bundles: TestBundles;
beforeAll(async () => {
  bundles = await buildBundles();
});
afterAll(() => bundles.remove());

/** Starts the agent in a machine made by `setUp`: a user namespace around everything, whose switches we may set. */
function startWhere(setUp: string) {
  const script = `${setUp}; exec "$0" "$1"`;
  const outer = ['--user', '--map-root-user', '--net', '--mount', '--pid', '--fork', '--kill-child', '--mount-proc'];
  return spawnSync('unshare', [...outer, 'sh', '-c', script, process.execPath, bundles.parent], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, VETHLAB_TEST_BUNDLE: bundles.agent, VETHLAB_TEST_THEN: 'end' },
    timeout: 60_000,
    killSignal: 'SIGKILL',
  });
}

test('this machine can run labs', async () => {
  expect(await checkMachine()).toEqual({ ok: true });
});

test('an ordinary user can run labs', () => {
  const drop =
    process.getuid?.() === 0 ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--'] : [];
  const [command = '', ...args] = [...drop, process.execPath, bundles.parent];
  const printed = execFileSync(command, args, {
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env.PATH, VETHLAB_TEST_BUNDLE: bundles.agent, VETHLAB_TEST_THEN: 'end' },
  });
  expect(printed).toMatch(/ready \d+/);
});

test('where user namespaces are switched off, a start fails with that code and the remedy', () => {
  const run = startWhere('echo 0 > /proc/sys/user/max_user_namespaces');
  expect(run.stdout).toContain('"code":"sandbox.user-namespaces-forbidden"');
  expect(run.stdout).toContain('sudo sysctl -w user.max_user_namespaces=15000');
  expect(run.status).toBe(4);
});

test('where network namespaces are used up, a start says so', () => {
  const run = startWhere('echo 0 > /proc/sys/user/max_net_namespaces');
  expect(run.stdout).toContain('"code":"sandbox.namespaces-forbidden"');
  expect(run.stdout).toContain('user.max_net_namespaces');
});

test('a sandbox can be made inside of a sandbox', () => {
  const run = startWhere('true');
  expect(run.stdout).toMatch(/ready \d+/);
});

test('tools that are missing are all named, with their packages', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vethlab-tools-'));
  try {
    for (const name of ['setpriv', 'prlimit', 'nsenter', 'mount', 'sh']) await symlink('/bin/true', join(folder, name));
    // A folder is no program, although it may be "executed".
    await mkdir(join(folder, 'ip'));
    const { missing } = await findTools(folder);
    expect(missing).toEqual([
      { name: 'unshare', debianPackage: 'util-linux' },
      { name: 'ip', debianPackage: 'iproute2' },
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});
