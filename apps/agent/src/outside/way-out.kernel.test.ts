import { readdirSync, readFileSync } from 'node:fs';
import { startAgent } from '@vethlab/sandbox';
import type { Edit } from '@vethlab/topology';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { MachineServer } from '../testing/machine-server.js';
import { bundle, enterSandbox, SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { mayOpenTun } from '../testing/tun.js';

// Nothing here leaves the machine: the one address outside that is asked is the gateway's, which is the machine's own loopback or nobody.

const text = (ports: string) => `
vethlab: 1
name: Way out
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
  inet:
    kind: internet
    hostPorts: ${ports}
    interfaces: { eth0: { addresses: [10.0.0.254/24] } }
links:
  - endpoints: ["h1:eth0", "inet:eth0"]
`;

/** Where the gateway of the usual subnet is, which stands for the machine. */
const machine = '198.18.0.1';

let server: MachineServer;
let lab: SandboxedLab | undefined;

beforeAll(async () => {
  server = await MachineServer.start();
});
afterEach(async () => {
  await lab?.agent.kill();
  lab = undefined;
});
afterAll(() => server.stop());

/** What a host of the lab is told by the machine at this port; null when nobody answers. */
function ask(of: SandboxedLab, node: string, at: number): string | null {
  const script = `exec 3<>/dev/tcp/${machine}/${at} && cat <&3`;
  const { status, stdout } = of.run('nsenter', `--net=/run/netns/${node}`, 'timeout', '5', 'bash', '-c', script);
  return status === 0 ? stdout : null;
}

/** The processes of this lab's ways out: each pasta, and the guard that it names. */
function pidsOf(of: SandboxedLab): number[] {
  const pastas = readdirSync('/proc')
    .map(Number)
    .filter((pid) => Number.isInteger(pid) && commandOf(pid).includes(`\0/proc/${of.agent.pid}/fd/9\0`))
    .filter((pid) => /(^|\/)pasta\0/.test(commandOf(pid)));
  const guards = pastas.flatMap((pid) => /\0\/proc\/(\d+)\/ns\/net\0/.exec(commandOf(pid))?.[1] ?? []).map(Number);
  return [...pastas, ...guards.filter((pid) => commandOf(pid).includes('vethlab-guard'))];
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended while we looked.
    return '';
  }
}

/** Edits as a person's client would send them. */
const edit = (value: object): Edit => value as Edit;

describe.skipIf(!mayOpenTun)('a way out', () => {
  it('brings a host to an opened port of the machine, with the address of the machine', async () => {
    lab = await SandboxedLab.open(topologyOf(text(`[${server.port}]`)));
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    expect(lab.observed.namespaces.inet?.wayOut).toEqual({ subnet: '198.18.0.0/24', hostPorts: [server.port] });
    expect(Object.keys(lab.observed.namespaces.inet?.interfaces ?? {}).sort()).toEqual(['eth0', 'lo']);
    expect(ask(lab, 'h1', server.port)).toBe('hello\n');
    expect(ask(lab, 'inet', server.port)).toBe('hello\n');
    await expect.poll(() => server.visitors).toEqual(['127.0.0.1', '127.0.0.1']);
    expect((await lab.agent.request({ type: 'plan', diff: null })).steps).toEqual([]);
    const namesOf = (...command: [string, ...string[]]) => lab?.run(...command).stdout;
    expect(namesOf('ip', 'netns', 'exec', 'h1', 'cat', '/etc/resolv.conf')).toContain('nameserver 198.18.0.3\n');
    expect(namesOf('nsenter', '--net=/run/netns/h1', 'cat', '/etc/resolv.conf')).toBe('nameserver 198.18.0.3\n');
    expect(namesOf('cat', '/etc/hosts')).toBe(readFileSync('/etc/hosts', 'utf8'));
    const routes = lab.json<{ dst: string; dev: string }[]>('ip', '-j', '-n', 'inet', 'route', 'show', 'default');
    expect(routes).toMatchObject([{ dst: 'default', dev: 'uplink' }]);
  });

  it('leaves the loopback of the machine closed, unless a port is opened while it runs', async () => {
    lab = await SandboxedLab.open(topologyOf(text('[]')));
    expect(lab.report.failures).toEqual([]);
    expect(ask(lab, 'h1', server.port)).toBeNull();
    const inode = lab.inode('inet');
    const report = await lab.edit(edit({ type: 'set-outside', node: 'inet', hostPorts: [server.port] }));
    expect(report.failures).toEqual([]);
    expect(ask(lab, 'h1', server.port)).toBe('hello\n');
    await lab.edit(edit({ type: 'set-outside', node: 'inet', hostPorts: null }));
    expect(ask(lab, 'h1', server.port)).toBeNull();
    expect(lab.inode('inet')).toBe(inode);
  });

  it('is opened again when its process ends, and goes with its node', async () => {
    lab = await SandboxedLab.open(topologyOf(text(`[${server.port}]`)));
    const running = lab;
    // For a moment it has a child, which opens its ports in the namespace.
    await expect.poll(() => pidsOf(running)).toHaveLength(2);
    const [first] = pidsOf(running);
    process.kill(first ?? 0, 'SIGKILL');
    await running.until(() => running.observed.namespaces.inet?.wayOut === undefined, 'the way out is gone');
    await running.until(() => running.observed.namespaces.inet?.wayOut !== undefined, 'the way out is there again');
    expect(ask(running, 'h1', server.port)).toBe('hello\n');
    expect(pidsOf(running)).not.toContain(first);
    await running.edit(edit({ type: 'remove-nodes', nodes: ['inet'] }));
    await expect.poll(() => pidsOf(running)).toEqual([]);
  });

  it('is opened again when somebody removes its interface in a terminal, and says what was', async () => {
    lab = await SandboxedLab.open(topologyOf(text(`[${server.port}]`)));
    const running = lab;
    const before = pidsOf(running);
    running.run('ip', '-n', 'inet', 'link', 'del', 'uplink');
    await running.until(() => running.observed.namespaces.inet?.wayOut === undefined, 'the way out is gone');
    await running.until(() => running.observed.namespaces.inet?.wayOut !== undefined, 'the way out is there again');
    expect(ask(running, 'h1', server.port)).toBe('hello\n');
    for (const pid of before) expect(pidsOf(running)).not.toContain(pid);
  });

  it('goes with a node whose namespace somebody removed in a terminal', async () => {
    lab = await SandboxedLab.open(topologyOf(text('[]')));
    const running = lab;
    await expect.poll(() => pidsOf(running)).toHaveLength(2);
    running.run('ip', 'netns', 'del', 'inet');
    await expect.poll(() => pidsOf(running)).toEqual([]);
    await running.agent.request({ type: 'repair', items: null });
    await expect.poll(() => pidsOf(running)).toHaveLength(2);
  });

  it('that is refused is a step that failed, the lab goes on, and it is opened as soon as it can be', async () => {
    const agent = await startAgent({ bundle });
    agent.allowsOutside = () => false;
    const running = await SandboxedLab.over(agent, enterSandbox(agent.pid), topologyOf(text('[]')));
    lab = running;
    expect(running.report.failures.map(({ message }) => message)).toEqual(['The document of the lab does not say so.']);
    agent.allowsOutside = () => true;
    await running.until(() => running.report.failures.length === 0, 'it is told that the way out is there');
    expect(running.observed.namespaces.inet?.wayOut).toMatchObject({ hostPorts: [] });
    // Told once, however often it was tried.
    expect(running.reports.map(({ failures }) => failures.length)).toEqual([1, 0]);
    expect((await agent.request({ type: 'plan', diff: null })).steps).toEqual([]);
  });

  it('is opened again also after that failed, for as long as the document wants it', async () => {
    const agent = await startAgent({ bundle });
    const running = await SandboxedLab.over(agent, enterSandbox(agent.pid), topologyOf(text('[]')));
    lab = running;
    let refused = 0;
    agent.allowsOutside = ({ type }) => {
      if (type === 'way-out-start') refused += 1;
      return false;
    };
    await expect.poll(() => pidsOf(running)).toHaveLength(2);
    process.kill(pidsOf(running)[0] ?? 0, 'SIGKILL');
    await running.until(() => running.report.failures.length > 0, 'it cannot be opened again');
    await running.until(() => refused > 1, 'it is tried once more');
    agent.allowsOutside = () => true;
    await running.until(() => running.report.failures.length === 0, 'it is told that the way out is there again');
    expect(running.observed.namespaces.inet?.wayOut).toMatchObject({ hostPorts: [] });
    expect(running.reports.map(({ failures }) => failures.length)).toEqual([0, 1, 0]);
  });

  it('ends with the lab', async () => {
    lab = await SandboxedLab.open(topologyOf(text('[]')));
    const ended = lab;
    expect(pidsOf(ended)).toHaveLength(2);
    await ended.agent.kill();
    expect(pidsOf(ended)).toEqual([]);
  });

  it('leads nobody to the loopback of the machine, whatever he makes of the node', async () => {
    lab = await SandboxedLab.open(topologyOf(text('[]')));
    const inside = (script: string) => lab?.run('nsenter', '--net=/run/netns/inet', 'sh', '-c', script);
    inside(`nft flush ruleset
      sysctl -qw net.ipv4.conf.all.route_localnet=1
      ip address del 127.0.0.1/8 dev lo; ip address del ::1/128 dev lo
      ip route add 127.0.0.1/32 via 198.18.0.1 dev uplink src 198.18.0.2
      ip -6 route add ::1/128 via fdff:ffff:ffff:ffff::1 dev uplink src fdff:ffff:ffff:ffff::2`);
    expect(inside('ip route get 127.0.0.1')?.stdout).toContain('dev uplink');
    const before = server.visitors.length;
    const script = `exec 3<>/dev/tcp/127.0.0.1/${server.port} && cat <&3`;
    expect(lab.run('nsenter', '--net=/run/netns/inet', 'timeout', '3', 'bash', '-c', script).stdout).toBe('');
    expect(server.visitors).toHaveLength(before);
  });

  it('takes a host behind a router that translates, and not one behind a router that does not', async () => {
    lab = await SandboxedLab.open(
      topologyOf(`
vethlab: 1
name: Behind a router
nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.1.0.1/24] } }
    routes: [{ to: default, via: 10.1.0.254 }]
  r1:
    kind: router
    interfaces: { eth0: { addresses: [10.1.0.254/24] }, eth1: { addresses: [10.0.0.1/24] } }
    routes: [{ to: default, via: 10.0.0.254 }]
    nat: { masquerade: [{ out: eth1 }] }
  inet:
    kind: internet
    hostPorts: [${server.port}]
    interfaces: { eth0: { addresses: [10.0.0.254/24] } }
links:
  - endpoints: ["h1:eth0", "r1:eth0"]
  - endpoints: ["r1:eth1", "inet:eth0"]
`),
    );
    expect(lab.report.failures).toEqual([]);
    expect(ask(lab, 'h1', server.port)).toBe('hello\n');
    await lab.edit(edit({ type: 'set-nat', node: 'r1', nat: null }));
    // The way back is missing: the internet node knows no 10.1.0.0/24.
    expect(ask(lab, 'h1', server.port)).toBeNull();
    await lab.edit(
      edit({ type: 'set-nat', node: 'r1', nat: { masquerade: [{ out: 'eth1' }], source: [], forwards: [] } }),
    );
    expect(ask(lab, 'h1', server.port)).toBe('hello\n');
  });
});
