import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';
import { CommandsOfLab } from './testing/commands-of-lab.js';

let lab: SandboxedLab;
let commands: CommandsOfLab;

beforeAll(async () => {
  lab = await SandboxedLab.open(exampleLab('router'), { VETHLAB_TEST_SECRET: 'not for commands' });
  commands = new CommandsOfLab(lab);
});

afterAll(() => lab.close());

/** Every test has a node of its own. */
let node = '';
let number = 0;
beforeEach(async () => {
  number += 1;
  node = `n${number}`;
  await commands.edit({ type: 'add-node', kind: 'host', name: node });
});

const sleep = ['sleep', '1000'];

describe('a command of a node', () => {
  it('serves from its namespace to the others', async () => {
    await commands.add('ns2', 'web', ['python3', '-m', 'http.server', '80']);
    const { pid } = await commands.until('ns2:web', 'running');
    expect(lab.run('readlink', `/proc/${pid}/ns/net`).stdout).toContain(`[${lab.inode('ns2')}]`);
    const ask = () => lab.run('ip', 'netns', 'exec', 'ns1', 'curl', '-sS', '-m', '2', 'http://192.168.2.1/');
    await lab.until(() => ask().stdout.includes('Directory listing'), 'the server answers');
    // Not from where nothing listens.
    expect(lab.run('ip', 'netns', 'exec', 'ns1', 'curl', '-sS', '-m', '2', 'http://127.0.0.1/').status).not.toBe(0);
    const log = await commands.log('ns2:web');
    expect(log.text).toContain('"GET / HTTP/1.1" 200');
    expect((await commands.log('ns2:web', log.next)).text).toBe('');
    await commands.edit({ type: 'remove-command', node: 'ns2', name: 'web' });
    await lab.until(() => ask().status !== 0, 'the server is gone');
    await lab.until(() => !commands.names.includes('ns2:web'), 'it is no more');
  });

  it('does not run before somebody has agreed to its arguments, whoever starts it', async () => {
    const run = ['sleep', '1001'];
    await commands.edit({ type: 'add-command', node, name: 'foreign', run, restart: 'always' });
    await commands.until(`${node}:foreign`, 'waiting-for-consent');
    await expect(commands.act(`${node}:foreign`, 'start')).rejects.toThrow(/agreed/);
    await expect(commands.act(`${node}:foreign`, 'restart')).rejects.toThrow(/agreed/);
    commands.allow(['sleep', '1001', 'x'], ['sleep 1001']);
    expect(await commands.lines(node)).toEqual([]);
    expect(commands.of(`${node}:foreign`)?.status.state).toBe('waiting-for-consent');
    commands.allow(run);
    await commands.until(`${node}:foreign`, 'running');
    expect(await commands.lines(node)).toEqual(['sleep 1001']);
  });

  it('is not started with changed arguments before somebody has agreed to these, and the old ones end', async () => {
    await commands.add(node, 'job', sleep);
    const { pid } = await commands.until(`${node}:job`, 'running');
    await commands.edit({ type: 'set-command', node, name: 'job', run: ['sleep', '77'] });
    await commands.until(`${node}:job`, 'waiting-for-consent');
    expect(lab.run('test', '-e', `/proc/${pid}`).status).not.toBe(0);
    commands.allow(['sleep', '77']);
    await commands.until(`${node}:job`, 'running');
    expect(await commands.lines(node)).toEqual(['sleep 77']);
  });

  it('that does not exist says so in the words of the system', async () => {
    await commands.add(node, 'nosuch', ['nosuch', '-x'], { restart: 'always' });
    const { error } = await commands.until(`${node}:nosuch`, 'failed');
    expect(error).toBe('ENOENT: no such program nosuch');
    await commands.add(node, 'folder', ['/tmp']);
    expect((await commands.until(`${node}:folder`, 'failed')).error).toMatch(/^EACCES: permission denied \(\/tmp\)$/);
  });

  it('gets its arguments as they are, whatever a shell would make of them, and nothing of our environment', async () => {
    const odd = ['$(id)', '`id`', '*', 'a b', '', "it's", '\u202e', '\n', '-n', ';reboot'];
    await commands.add(node, 'odd', [
      'python3',
      '-c',
      'import sys,os,json; print(json.dumps([sys.argv[1:], dict(os.environ)]))',
      ...odd,
    ]);
    await commands.until(`${node}:odd`, 'exited');
    const [args, env] = JSON.parse((await commands.log(`${node}:odd`)).text) as [string[], Record<string, string>];
    expect(args).toEqual(odd);
    expect(env).not.toHaveProperty('VETHLAB_TEST_SECRET');
    expect(env).not.toHaveProperty('NODE_CHANNEL_FD');
    expect(env.HOME).toBe('/run/vethlab/commands');
  });

  it('is started by hand when it says so, and not before', async () => {
    await commands.add(node, 'hand', sleep, { start: 'by-hand' });
    await commands.until(`${node}:hand`, 'idle');
    expect(await commands.lines(node)).toEqual([]);
    expect((await commands.act(`${node}:hand`, 'start')).status.state).toBe('running');
    const { pid } = await commands.until(`${node}:hand`, 'running');
    const restarted = (await commands.act(`${node}:hand`, 'restart')).status;
    expect(restarted).toMatchObject({ state: 'running' });
    expect(restarted).not.toMatchObject({ pid });
    const stopped = await commands.act(`${node}:hand`, 'stop');
    expect(stopped).toMatchObject({
      status: { state: 'exited', signal: 'SIGTERM', restartAtMs: null },
      stoppedByHand: true,
    });
    expect(await commands.lines(node)).toEqual([]);
  });
});

describe('a command that ends', () => {
  it('by itself says with what, and stays ended without a policy', async () => {
    await commands.add(node, 'three', ['sh', '-c', 'echo out; echo err >&2; exit 3']);
    expect(await commands.until(`${node}:three`, 'exited')).toMatchObject({
      exitCode: 3,
      signal: null,
      restartAtMs: null,
    });
    expect((await commands.log(`${node}:three`)).text).toBe('out\nerr\n');
  });

  /** The moments in milliseconds that a command has written, one on a line. */
  async function timesIn(key: string): Promise<number[]> {
    const lines = (await commands.log(key)).text.split('\n').slice(0, -1);
    return lines.map((line) => Number(line) / 1e6);
  }

  it('is started again by its policy, later each time, until somebody stops it', async () => {
    await commands.add(node, 'loop', ['sh', '-c', 'date +%s%N; exit 1'], { restart: 'on-failure' });
    const key = `${node}:loop`;
    await lab.until(() => (commands.of(key)?.restarts ?? 0) >= 2, 'two restarts');
    // The third run is counted when it starts, and writes a little later.
    await expect.poll(async () => (await timesIn(key)).length).toBeGreaterThan(2);
    const [first = 0, second = 0, third = 0] = await timesIn(key);
    expect(second - first).toBeGreaterThan(450);
    expect(third - second).toBeGreaterThan(950);
    const { restarts } = await commands.act(key, 'stop');
    // Longer than the next delay would have been.
    const until = performance.now() + 2_500;
    await lab.until(() => performance.now() > until, 'some time');
    expect(commands.of(key)).toMatchObject({
      restarts,
      stoppedByHand: true,
      status: { state: 'exited', restartAtMs: null },
    });
  });

  it('well is not started again when the policy is about failures, and is when it is about all', async () => {
    await commands.add(node, 'fine', ['true'], { restart: 'on-failure' });
    await commands.add(node, 'again', ['true'], { restart: 'always' });
    await lab.until(() => (commands.of(`${node}:again`)?.restarts ?? 0) >= 1, 'one restart');
    expect(commands.of(`${node}:fine`)).toMatchObject({ restarts: 0, status: { exitCode: 0, restartAtMs: null } });
    await commands.edit({ type: 'remove-command', node, name: 'again' });
  });

  it('by a signal counts as failure', async () => {
    await commands.add(node, 'shot', sleep, { restart: 'on-failure' });
    const { pid } = await commands.until(`${node}:shot`, 'running');
    lab.run('kill', '-9', String(pid));
    await lab.until(() => commands.of(`${node}:shot`)?.restarts === 1, 'it runs again');
    expect(
      commands.history.some(
        ({ name, status }) => name === 'shot' && status.state === 'exited' && status.signal === 'SIGKILL',
      ),
    ).toBe(true);
    expect((await commands.until(`${node}:shot`, 'running')).pid).not.toBe(pid);
  });

  it('not when told to is ended after three seconds, with all it started', async () => {
    await commands.add(node, 'deaf', ['sh', '-c', 'trap "" TERM; (trap "" TERM; sleep 500) & sleep 501; sleep 502']);
    await commands.until(`${node}:deaf`, 'running');
    let lines: string[] = [];
    const read = async () => {
      lines = await commands.lines(node);
    };
    await read();
    await lab.until(() => {
      void read();
      return lines.length >= 3;
    }, 'all of it runs');
    const started = performance.now();
    await commands.act(`${node}:deaf`, 'stop');
    // That it ends at all is because it was killed: nothing else ends it before the request is given up.
    expect(performance.now() - started).toBeGreaterThan(2_900);
    expect(await commands.lines(node)).toEqual([]);
  });

  it('and leaves something in the background is ended with that', async () => {
    await commands.add(node, 'daemon', ['sh', '-c', 'sleep 600 & exit 0']);
    await commands.until(`${node}:daemon`, 'exited');
    expect(await commands.lines(node)).toEqual(['sleep 600']);
    expect((await commands.processes(node))[0]?.command).toBe('daemon');
    await commands.edit({ type: 'remove-command', node, name: 'daemon' });
    let left = ['?'];
    await lab.until(() => {
      void commands.lines(node).then((lines) => {
        left = lines;
      });
      return left.length === 0;
    }, 'nothing is left');
  });
});

describe('a command that runs', () => {
  it('starts beside two hundred others without holding the agent up', async () => {
    const run = ['sleep', '8000'];
    const names = Array.from({ length: 20 }, (_, index) => `${node}x${index}`);
    await lab.agent.request({ type: 'figures' });
    commands.allow(run);
    await commands.edit({
      type: 'batch',
      edits: names.flatMap((name) => [
        { type: 'add-node', kind: 'host', name },
        ...Array.from({ length: 10 }, () => ({ type: 'add-command', node: name, run })),
      ]),
    });
    const started = performance.now();
    const running = () =>
      commands.names.filter((key) => commands.of(key)?.status.state === 'running' && key.includes('x'));
    await lab.until(() => running().length === 200, 'all run');
    const tookMs = performance.now() - started;
    const { figures } = await lab.agent.request({ type: 'figures' });
    // All at once they would hold it for most of the time that they take.
    expect(figures.eventLoopMaxDelayMs).toBeLessThan(tookMs / 2);
    await commands.edit({ type: 'remove-nodes', nodes: names });
    await lab.until(() => running().length === 0, 'all are gone');
  });

  it('goes on when its node or it itself gets another name', async () => {
    await commands.add(node, 'stay', ['sleep', '2000']);
    const { pid } = await commands.until(`${node}:stay`, 'running');
    await commands.edit({ type: 'rename-node', node, to: `${node}-new` });
    expect((await commands.until(`${node}-new:stay`, 'running')).pid).toBe(pid);
    expect(commands.of(`${node}:stay`)).toBeUndefined();
    await commands.edit({ type: 'rename-command', node: `${node}-new`, name: 'stay', to: 'other' });
    expect((await commands.until(`${node}-new:other`, 'running')).pid).toBe(pid);
    expect(commands.of(`${node}-new:stay`)).toBeUndefined();
    await commands.edit({ type: 'set-node', node: `${node}-new`, label: 'Not about processes' });
    await commands.edit({ type: 'set-command', node: `${node}-new`, name: 'other', restart: 'always' });
    expect((await commands.until(`${node}-new:other`, 'running')).pid).toBe(pid);
  });

  it('keeps its node when two nodes swap their names', async () => {
    const other = `${node}b`;
    await commands.edit({ type: 'add-node', kind: 'host', name: other });
    await commands.add(node, 'job', ['sleep', '3001']);
    await commands.add(other, 'job', ['sleep', '3002']);
    const first = (await commands.until(`${node}:job`, 'running')).pid;
    const second = (await commands.until(`${other}:job`, 'running')).pid;
    const renames = [
      [node, 'aside'],
      [other, node],
      ['aside', other],
    ];
    await commands.edit({
      type: 'batch',
      edits: renames.map(([from, to]) => ({ type: 'rename-node', node: from, to })),
    });
    await lab.until(() => commands.of(`${node}:job`)?.status.state === 'running', 'told');
    await lab.until(() => {
      const [a, b] = [commands.of(`${node}:job`)?.status, commands.of(`${other}:job`)?.status];
      return a?.state === 'running' && a.pid === second && b?.state === 'running' && b.pid === first;
    }, 'both run on under the other name');
  });

  it('ends with its node', async () => {
    await commands.add(node, 'gone', ['sleep', '4000'], { restart: 'always' });
    const { pid } = await commands.until(`${node}:gone`, 'running');
    await commands.edit({ type: 'remove-nodes', nodes: [node] });
    await lab.until(() => lab.run('test', '-e', `/proc/${pid}`).status !== 0, 'the process is gone');
    await lab.until(() => commands.of(`${node}:gone`) === undefined, 'told');
    expect(lab.run('test', '-e', `/run/netns/${node}`).status).not.toBe(0);
  });

  it('begins again in the namespace that is made anew for its node', async () => {
    await commands.add(node, 'back', ['sleep', '5000']);
    const { pid } = await commands.until(`${node}:back`, 'running');
    lab.run('ip', 'netns', 'del', node);
    await lab.until(() => lab.drift.length > 0, 'drift');
    await lab.agent.request({ type: 'repair', items: null });
    await lab.until(() => {
      const status = commands.of(`${node}:back`)?.status;
      return status?.state === 'running' && status.pid !== pid;
    }, 'it runs in the new namespace');
    const status = commands.of(`${node}:back`)?.status;
    if (status?.state !== 'running') throw new Error('not running');
    expect(lab.run('readlink', `/proc/${status.pid}/ns/net`).stdout).toContain(`[${lab.inode(node)}]`);
    expect(lab.run('test', '-e', `/proc/${pid}`).status).not.toBe(0);
  });

  it('and prints without end costs little, and keeps 64 KB', async () => {
    await commands.add(node, 'flood', ['yes', 'flood']);
    await commands.until(`${node}:flood`, 'running');
    await lab.agent.request({ type: 'figures' });
    const before = (await lab.agent.request({ type: 'figures' })).figures;
    const since = performance.now();
    await lab.until(() => performance.now() > since + 2_000, 'two seconds of it');
    const after = (await lab.agent.request({ type: 'figures' })).figures;
    const elapsedMs = performance.now() - since;
    const cpuMs =
      (after.cpuUserMicroseconds +
        after.cpuSystemMicroseconds -
        before.cpuUserMicroseconds -
        before.cpuSystemMicroseconds) /
      1000;
    expect(cpuMs / elapsedMs).toBeLessThan(0.2);
    expect(after.rssBytes - before.rssBytes).toBeLessThan(40 * 1024 * 1024);
    const log = await commands.log(`${node}:flood`);
    expect(log.text.length).toBeLessThanOrEqual(64 * 1024);
    expect(log.from).toBeGreaterThan(1024 * 1024);
    await commands.edit({ type: 'remove-command', node, name: 'flood' });
  });
});

describe('the processes of a node', () => {
  it('are all of them, whoever started them, with what they say of themselves as text', async () => {
    await commands.add(node, 'mine', ['sleep', '6000']);
    await commands.until(`${node}:mine`, 'running');
    const typed = lab.run(
      'ip',
      'netns',
      'exec',
      node,
      'bash',
      '-c',
      'exec -a "$(printf "\\033[2Jevil")" sleep 6001 >/dev/null 2>&1 &',
    );
    expect(typed.status).toBe(0);
    let lines: string[] = [];
    await lab.until(() => {
      void commands.lines(node).then((found) => {
        lines = found;
      });
      return lines.length === 2;
    }, 'both');
    const found = await commands.processes(node);
    expect(found.map(({ command }) => command).sort()).toEqual(['mine', null]);
    expect(found.find(({ command }) => command === 'mine')?.arguments).toEqual(['sleep', '6000']);
    expect(
      found.every(({ residentBytes, startedAtMs }) => residentBytes > 0 && Math.abs(Date.now() - startedAtMs) < 60_000),
    ).toBe(true);
  });

  it('can be told to end, and a later process with the same number cannot be hit', async () => {
    await commands.add(node, 'victim', ['sleep', '7000']);
    const { pid } = await commands.until(`${node}:victim`, 'running');
    const [found] = await commands.processes(node);
    if (found === undefined) throw new Error('no process');
    const order = { type: 'process-signal', pid, signal: 'SIGTERM', startedTicks: found.startedTicks } as const;
    await expect(lab.agent.request({ ...order, node, startedTicks: found.startedTicks - 1 })).rejects.toThrow(
      /not there/,
    );
    await expect(lab.agent.request({ ...order, node: 'ns1' })).rejects.toThrow(/not there/);
    await lab.agent.request({ ...order, node });
    expect(await commands.until(`${node}:victim`, 'exited')).toMatchObject({ signal: 'SIGTERM' });
  });
});
