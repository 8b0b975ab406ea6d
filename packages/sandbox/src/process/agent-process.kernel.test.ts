import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type AgentProcess, AgentRefusal, SandboxError, type StartOptions, startAgent } from '../index.js';
import { buildBundles, type TestBundles } from '../testing/bundles.js';
import { holdNamespacesOf, processesOf, untilEmpty } from '../testing/traces.js';

let bundles: TestBundles;
let agent: AgentProcess | undefined;
let mark = '';

beforeAll(async () => {
  bundles = await buildBundles();
});
afterEach(async () => {
  await agent?.kill();
  agent = undefined;
});
afterAll(() => bundles.remove());

async function start(behaviour = 'normal', options: Partial<StartOptions> = {}): Promise<AgentProcess> {
  mark = `${process.pid}-${Math.random()}`;
  const env = { VETHLAB_TEST_MARK: mark, VETHLAB_TEST_AGENT: behaviour, ...options.env };
  agent = await startAgent({ bundle: bundles.agent, ...options, env });
  return agent;
}

/** Runs a command inside the sandbox and gives what it printed. */
async function inside(running: AgentProcess, ...command: [string, ...string[]]): Promise<string> {
  const printed: string[] = [];
  const stop = running.onMessage((message) => {
    if (message.type === 'log') printed.push(message.message);
  });
  await running.request({ type: 'exec', command, cwd: '/', env: {} });
  stop();
  return printed.at(-1) ?? '';
}

test('an agent is root in namespaces of its own and its first messages are not lost', async () => {
  const running = await start();
  const words: string[] = [];
  running.onMessage((message) => {
    if (message.type === 'log') words.push(message.message);
  });
  await running.request({ type: 'figures' }, { timeoutMs: 200 }).catch(() => undefined);
  expect(words[0]).toBe('first words');

  expect((await inside(running, 'id', '-u')).trim()).toBe('0');
  expect((await inside(running, 'ip', 'netns', 'list')).split('\n').filter(Boolean).sort()).toHaveLength(2);
  expect(JSON.parse(await inside(running, 'ip', '-j', 'link'))).toHaveLength(1);
  const namespaces = await holdNamespacesOf(mark);
  await namespaces.release();
  expect(namespaces.names.length).toBeGreaterThanOrEqual(6);
});

test('an agent gets only what it needs of our environment, and its limits', async () => {
  process.env.VETHLAB_TEST_SECRET = 'token';
  const running = await start();
  const environment = await inside(running, 'env');
  expect(environment).not.toContain('token');
  expect(environment).toContain('UV_THREADPOOL_SIZE=8');
  expect(environment).toMatch(/PATH=.*\/usr\/sbin/);
  expect(await inside(running, 'cat', '/proc/self/limits')).toMatch(/Max processes +4096 +4096/);
  expect(await inside(running, 'cat', '/proc/self/status')).toMatch(/NoNewPrivs:\t1/);
  delete process.env.VETHLAB_TEST_SECRET;
});

test('orphans inside a sandbox are reaped', async () => {
  const running = await start();
  await inside(running, 'sh', '-c', 'for i in 1 2 3; do (sleep 0.05 >/dev/null 2>&1 &) ; done');
  const zombies = async () => {
    const table = await inside(running, 'ps', '-eo', 'stat=,ppid=,comm=');
    return table.split('\n').filter((line) => line.startsWith('Z') || /\b1 sleep\b.*0\.05/.test(line));
  };
  expect(await untilEmpty(zombies, 2_000)).toEqual([]);
});

test('kill leaves no process and no namespace of a sandbox, daemons included', async () => {
  const running = await start();
  const namespaces = await holdNamespacesOf(mark);
  expect((await processesOf(mark)).length).toBeGreaterThanOrEqual(5);
  expect(await namespaces.lived()).toEqual(namespaces.names);
  await running.kill();
  expect(await processesOf(mark)).toEqual([]);
  expect(await untilEmpty(namespaces.lived, 1_000)).toEqual([]);
  await namespaces.release();
  expect(running.alive).toBe(false);
  expect(running.send({ type: 'watch', counters: true })).toBe(false);
  await running.kill();
});

test('kill waits for nothing that has ended', async () => {
  // Far above what it takes (20 ms), far below the time after which a line that stays open would be given up. One of several is enough: a busy
  // machine may hold up any of them, and a line that is given up takes its time always.
  let fastestMs = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5 && fastestMs >= 300; round += 1) {
    const running = await start();
    const killedAtMs = performance.now();
    await running.kill();
    fastestMs = Math.min(fastestMs, performance.now() - killedAtMs);
  }
  expect(fastestMs).toBeLessThan(300);
});

test('a request gets its progress and its answer, a refusal is an error of its own', async () => {
  const running = await start();
  const progress: number[] = [];
  const answer = await running.request({ type: 'reach', family: 4 }, { onProgress: (p) => progress.push(p.done) });
  expect(answer.report.tookMs).toBe(1);
  expect(progress).toEqual([1]);
  await expect(running.request({ type: 'plan', diff: null })).rejects.toThrow(AgentRefusal);
  await expect(running.request({ type: 'figures' }, { timeoutMs: 50 })).rejects.toMatchObject({
    code: 'sandbox.agent-timeout',
  });
});

test('an agent that ends is reported with its exit code and its last words, and fails what waits for it', async () => {
  const running = await start();
  const exit = new Promise((resolve) => running.onExit(resolve));
  await expect(running.request({ type: 'teardown' })).rejects.toThrow(SandboxError);
  expect(await exit).toMatchObject({ code: 7, signal: null, reason: expect.stringContaining('about to fall') });
  expect(await processesOf(mark)).toEqual([]);
});

test('an agent that is killed is reported with the signal', async () => {
  const running = await start();
  const exit = new Promise((resolve) => running.onExit(resolve));
  running.send({ type: 'cancel', id: 'x' });
  expect(await exit).toMatchObject({ reason: expect.stringContaining('SIGKILL') });
});

test('an agent that cannot work here gives its own reason and remedy', async () => {
  await expect(start('fatal')).rejects.toMatchObject({ code: 'agent.no-veth', remedy: 'Use another kernel.' });
});

test('an agent that crashes before it is ready is reported with its last words', async () => {
  await expect(start('crash-early')).rejects.toMatchObject({
    code: 'sandbox.agent-failed',
    reason: expect.stringContaining('nothing works today'),
  });
});

test('an agent that says nothing is given up, and its sandbox with it', async () => {
  await expect(start('silent', { readyTimeoutMs: 600 })).rejects.toMatchObject({ code: 'sandbox.agent-timeout' });
  expect(await processesOf(mark)).toEqual([]);
});

test('an agent of another version is refused', async () => {
  await expect(start('old')).rejects.toMatchObject({ code: 'sandbox.agent-version' });
});

test('what the agent prints goes to the log', async () => {
  const lines: string[] = [];
  await start('normal', { onLog: (line) => lines.push(line) });
  await expect.poll(() => lines).toContain('printed by the agent');
});

test.runIf(process.getuid?.() === 0)('started by root, each sandbox has an unprivileged uid of its own', async () => {
  const running = await start();
  const other = await startAgent({ bundle: bundles.agent });
  const uidOf = (pid: number) => Number(/Uid:\t(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  const groups = /Groups:\t(.*)/.exec(readFileSync(`/proc/${running.pid}/status`, 'utf8'))?.[1];
  expect(uidOf(running.pid)).toBeGreaterThanOrEqual(60_000);
  expect(uidOf(running.pid)).not.toBe(uidOf(other.pid));
  expect(groups?.trim()).toBe('');
  await other.kill();
});

test('the host is as it was: no names of namespaces, interfaces or mounts are left', async () => {
  const look = () =>
    [
      execFileSync('ip', ['-j', 'link'], { encoding: 'utf8' }).replaceAll(/"(flags|operstate)":[^,]*,/g, ''),
      execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }),
      readFileSync('/proc/self/mountinfo', 'utf8'),
    ] as const;
  const before = look();
  const running = await start();
  expect(look()).toEqual(before);
  await running.kill();
  expect(look()).toEqual(before);
});
