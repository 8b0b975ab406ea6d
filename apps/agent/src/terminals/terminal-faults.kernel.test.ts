import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { Stalls } from '@vethlab/sandbox/testing/own-time';
import type { Edit, NodeName } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from '../testing/sandboxed-lab.js';
import { TestTerminal } from './testing/test-terminal.js';

let lab: SandboxedLab;

beforeEach(async () => {
  lab = await SandboxedLab.open(exampleLab('two-hosts'));
});

afterEach(() => lab.close());

async function shell(node: string | null): Promise<TestTerminal> {
  const terminal = await TestTerminal.open(lab, node);
  await terminal.until(() => terminal.plain.endsWith('# '), 'the prompt');
  return terminal;
}

const ended = (terminal: TestTerminal) => terminal.until(() => terminal.exited !== null, 'the end of the session');

/** Pid of the agent as this process sees it: pid 1 of the sandbox is a shell, and the agent its child. */
function agentPid(of: SandboxedLab): number {
  let pid = of.agent.pid;
  while (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('node')) {
    pid = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
  }
  return pid;
}

const memoryBytes = (pid: number) =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);

describe('a session ends and says why', () => {
  it('when the shell exits, with its exit code, after all of its output', async () => {
    const terminal = await shell('ns1');
    terminal.type('seq 1 300; exit 7\r');
    await ended(terminal);
    expect(terminal.exited).toMatchObject({ reason: 'ended', exitCode: 7, signal: null });
    expect(terminal.plain.slice(-40)).toMatch(/299\r\n300\r\n/);
  });

  it('when somebody kills it', async () => {
    const terminal = await shell('ns1');
    terminal.type('kill -9 $$\r');
    await ended(terminal);
    expect(terminal.exited).toMatchObject({ reason: 'ended', exitCode: null, signal: 'SIGKILL' });
  });

  it('when it is closed, also when it ignores the hang-up', async () => {
    const polite = await shell('ns1');
    const stubborn = await shell(null);
    await stubborn.run('trap \'\' HUP; sleep 1000 & echo sa""id', /said/);
    polite.close();
    stubborn.close();
    await ended(polite);
    await ended(stubborn);
    expect(polite.exited?.reason).toBe('closed');
    expect(stubborn.exited?.reason).toBe('closed');
  });

  it('when its node is deleted, and nothing keeps the namespace alive', async () => {
    const terminal = await shell('ns1');
    const other = await shell('ns2');
    await other.run('ip -br link show type veth', /veth-ns2/);
    terminal.type('sleep 1000\r');
    const report = await lab.edit({ type: 'remove-nodes', nodes: ['ns1' as NodeName] });
    expect(report.failures).toEqual([]);
    await ended(terminal);
    expect(terminal.exited?.reason).toBe('node-removed');
    // The veth pair goes with the namespace, so its other end shows whether that is gone.
    await lab.until(() => !lab.run('ip', '-n', 'ns2', 'link').stdout.includes('veth-ns2'), 'the namespace is freed');
    await other.run('echo sa""id', /said/);
  });

  it('when its namespace is deleted by hand', async () => {
    const root = await shell(null);
    const terminal = await shell('ns1');
    root.type('ip netns del ns1\r');
    await ended(terminal);
    expect(terminal.exited?.reason).toBe('node-removed');
    await lab.until(() => !lab.run('ip', '-n', 'ns2', 'link').stdout.includes('veth-ns2'), 'the namespace is freed');
  });

  it('and the last shell of a node leaves nothing behind', async () => {
    const terminal = await shell('ns1');
    terminal.type('exit\r');
    await ended(terminal);
    expect(lab.run('ip', 'netns', 'pids', 'ns1').stdout).toBe('');
    expect(lab.run('ls', '/run/vethlab/names').stdout).toBe('');
  });
});

describe('a session', () => {
  it('follows the new name of its node, in title and prompt', async () => {
    const terminal = await shell('ns1');
    await lab.edit({ type: 'rename-node', node: 'ns1', to: 'web' } as Edit);
    await terminal.until(() => terminal.node === 'web', 'the new name');
    await terminal.run('', /web:~# $/);
  });

  it('can be opened in a namespace that was just made by hand, whatever its name', async () => {
    const root = await shell(null);
    await root.run('ip netns add just-made && echo sa""id', /said/);
    const terminal = await shell('just-made');
    await terminal.run('ip -br link', /lo +DOWN/);
    await root.run('ip netns add \'$(id)\' && echo sa""id2', /said2/);
    const odd = await shell('$(id)');
    expect(odd.plain).toContain('$(id):~# ');
    expect(odd.plain).not.toContain('uid=');
  });

  it('is refused in a node that is not there', async () => {
    await expect(TestTerminal.open(lab, 'nowhere')).rejects.toThrow('no namespace "nowhere"');
    await expect(TestTerminal.open(lab, '../../etc')).rejects.toThrow('no namespace');
  });
});

describe('a flood', () => {
  it('waits in its own terminal for acknowledgements, and costs no memory', async () => {
    const flood = await shell('ns1');
    const typist = await shell('ns2');
    flood.keeps = false;
    flood.acknowledges = false;
    const before = flood.receivedBytes;
    flood.type('yes\r');
    await flood.until(() => flood.receivedBytes - before >= 200 * 1024, 'the window is full');
    const pid = agentPid(lab);
    const memory = memoryBytes(pid);
    for (let count = 0; count < 20; count += 1) {
      await typist.run(`echo ${count}sa""id`, new RegExp(`${count}said`));
    }
    expect(flood.receivedBytes - before).toBeLessThan(320 * 1024);
    // Runs on as it is read, in messages of a bounded size.
    const held = flood.receivedBytes;
    flood.acknowledges = true;
    flood.ack(held);
    await flood.until(() => flood.receivedBytes - held > 20 * 1024 * 1024, '20 MB more');
    expect(flood.largestMessageBytes).toBeLessThanOrEqual(32 * 1024);
    expect(memoryBytes(pid) - memory).toBeLessThan(60 * 1024 * 1024);
    flood.type('\u0003');
    await typist.run('echo sa""id', /said/);
  });

  it('of processes is told in the system’s words, and stays in its sandbox: another lab answers pings without a gap', async () => {
    const other = await SandboxedLab.open(exampleLab('two-hosts'));
    const stalls = new Stalls();
    try {
      const pinger = await TestTerminal.open(other, 'ns1');
      await pinger.until(() => pinger.plain.endsWith('# '), 'the prompt');
      const bomber = await shell('ns1');
      pinger.type('ping -D -i 0.1 192.168.1.2\r');
      await pinger.until(() => answered(pinger).length > 5, 'pings');
      bomber.type('bomb() { bomb | bomb & }; bomb\r');
      await bomber.until(() => /fork: .*Resource temporarily unavailable/.test(bomber.plain), 'the bomb has gone off');
      bomber.keeps = false;
      await bomber.until(() => processesOf(lab) > 200, 'it takes all there is');
      const sofar = answered(pinger).length;
      await pinger.until(() => answered(pinger).length > sofar + 45, 'pings beside it');
      // Silence until now is a gap as well.
      const times = [...answered(pinger).map((time) => 1000 * time), Date.now()];
      expect(times.length).toBeGreaterThan(40);
      expect(stalls.longestGapMs(times)).toBeLessThan(1000);
      // The agent under attack is still there and answers, and the person can end it.
      expect((await lab.agent.request({ type: 'plan', diff: null })).steps).toEqual([]);
      bomber.close();
      await lab.close();
      expect(existsSync(`/proc/${lab.agent.pid}`)).toBe(false);
    } finally {
      stalls.stop();
      await other.close();
    }
  });
});

/** How many processes are in the sandbox of a lab. */
function processesOf(of: SandboxedLab): number {
  const space = pidNamespaceOf(agentPid(of));
  return readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && pidNamespaceOf(Number(entry)) === space).length;
}

function pidNamespaceOf(pid: number): string {
  try {
    return readlinkSync(`/proc/${pid}/ns/pid`);
  } catch {
    // It ended while we looked.
    return '';
  }
}

/** When the echo replies came, in seconds. */
function answered(terminal: TestTerminal): number[] {
  return [...terminal.plain.matchAll(/\[(\d+\.\d+)\] \d+ bytes from/g)].map(([, time]) => Number(time));
}

describe('a hundred terminals', () => {
  it('are opened, answer, and cost the agent little memory', async () => {
    const before = memoryBytes(agentPid(lab));
    const terminals: TestTerminal[] = [];
    for (let count = 0; count < 100; count += 1) terminals.push(await TestTerminal.open(lab, count % 2 ? 'ns1' : null));
    await Promise.all(terminals.map((terminal) => terminal.until(() => terminal.plain.endsWith('# '), 'the prompt')));
    await Promise.all(terminals.map((terminal, index) => terminal.run(`echo ${index}sa""id`, /said/)));
    expect(memoryBytes(agentPid(lab)) - before).toBeLessThan(60 * 1024 * 1024);
    for (const terminal of terminals) terminal.close();
    await Promise.all(terminals.map(ended));
  });
});
