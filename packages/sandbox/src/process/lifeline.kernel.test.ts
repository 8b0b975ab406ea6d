import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildBundles, type TestBundles } from '../testing/bundles.js';
import { type HeldNamespaces, holdNamespacesOf, processesOf, untilEmpty } from '../testing/traces.js';

/** What the design promises: nothing is left one second after the death of the server. */
const promiseMs = 1_000;

/** How a whole start-up is cut into moments of death, in steps that shift from run to run. */
const momentsMs = [0, 4, 8, 15, 25, 40, 60, 90, 130, 180, 250, 350];

const ways = process.getuid?.() === 0 ? (['root', 'ordinary user'] as const) : (['ordinary user'] as const);

let bundles: TestBundles;
beforeAll(async () => {
  bundles = await buildBundles();
});
afterAll(() => bundles.remove());

function startParent(way: (typeof ways)[number], mark: string): ChildProcess {
  const drop =
    way === 'ordinary user' && process.getuid?.() === 0
      ? ['setpriv', '--reuid', '65534', '--regid', '65534', '--clear-groups', '--']
      : [];
  const [command = '', ...args] = [...drop, process.execPath, bundles.parent];
  return spawn(command, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, VETHLAB_TEST_BUNDLE: bundles.agent, VETHLAB_TEST_MARK: mark },
  });
}

/** Waits for a line of the parent that starts with `word`. */
async function line(parent: ChildProcess, word: string): Promise<void> {
  let text = '';
  parent.stdout?.setEncoding('utf8');
  while (!text.split('\n').some((candidate) => candidate.startsWith(word))) {
    const [chunk] = (await once(parent.stdout ?? parent, 'data')) as [string];
    text += chunk;
  }
}

async function expectNothingLeft(mark: string, namespaces: HeldNamespaces | null, mounts: string): Promise<void> {
  const left = await untilEmpty(
    async () => [...(await processesOf(mark)), ...((await namespaces?.lived()) ?? [])],
    promiseMs,
  );
  await namespaces?.release();
  expect(left).toEqual([]);
  expect(readFileSync('/proc/self/mountinfo', 'utf8')).toBe(mounts);
}

test.each(ways)('kill -9 of a server with a running lab leaves nothing (%s)', async (way) => {
  const mark = `${process.pid}-${Math.random()}`;
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  const parent = startParent(way, mark);
  await line(parent, 'ready');
  const namespaces = await holdNamespacesOf(mark);
  expect(namespaces.names.length).toBeGreaterThanOrEqual(6);
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  await expectNothingLeft(mark, namespaces, mounts);
});

test.each(ways)('kill -9 of a server at any moment of a start leaves nothing (%s)', async (way) => {
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  for (const momentMs of momentsMs) {
    const mark = `${process.pid}-${Math.random()}`;
    const parent = startParent(way, mark);
    await line(parent, 'starting');
    const deathMs = performance.now() + momentMs;
    let namespaces: HeldNamespaces | null = null;
    while (performance.now() < deathMs) {
      await namespaces?.release();
      namespaces = await holdNamespacesOf(mark);
    }
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    await expectNothingLeft(mark, namespaces, mounts);
  }
});

test('kill -9 of the unshare process alone ends the sandbox', async () => {
  const mark = `${process.pid}-${Math.random()}`;
  const parent = startParent(ways[0], mark);
  const mounts = readFileSync('/proc/self/mountinfo', 'utf8');
  await line(parent, 'ready');
  const namespaces = await holdNamespacesOf(mark);
  const pids = await processesOf(mark);
  const unshare = pids.find((pid) => readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'unshare');
  process.kill(Number(unshare), 'SIGKILL');
  await untilEmpty(async () => (await processesOf(mark)).filter((pid) => pid !== `${parent.pid}`), promiseMs);
  parent.kill('SIGKILL');
  await expectNothingLeft(mark, namespaces, mounts);
});
