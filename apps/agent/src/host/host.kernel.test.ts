import type { Edit } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CommandsOfLab } from '../processes/testing/commands-of-lab.js';
import { hostAgent, openHostLab } from '../testing/host-lab.js';
import { bundle, exampleLab, type SandboxedLab, topologyOf } from '../testing/sandboxed-lab.js';
import { TestHost } from '../testing/test-host.js';

let host: TestHost;
let before: string;
const open: SandboxedLab[] = [];

beforeEach(async () => {
  host = await TestHost.make();
  before = host.look();
});
afterEach(async () => {
  await Promise.allSettled(open.splice(0).map((lab) => lab.agent.leave?.()));
  expect(host.vethlab('down', '--all', '--force')).toMatchObject({ status: 0, stderr: '' });
  const after = host.look();
  await host.close();
  expect(after).toBe(before);
});

async function openLab(lab: string, ...rest: [] | [Parameters<typeof openHostLab>[2]]): Promise<SandboxedLab> {
  const opened = await openHostLab(host, lab, ...rest);
  open.push(opened);
  return opened;
}

/** Edits as a person's client would send them; names here are plain text, which the schema would brand. */
const edit = (value: object): Edit => value as Edit;

const pair = topologyOf(`vethlab: 1
name: Pair
nodes:
  ns1: { kind: host, interfaces: { eth0: { addresses: [10.1.0.1/24] } } }
  ns2: { kind: host, interfaces: { eth0: { addresses: [10.1.0.2/24] } } }
links:
  - endpoints: ["ns1:eth0", "ns2:eth0"]
`);

describe('a lab on the machine itself', () => {
  it('is in ip netns, marked, and leaves the machine as it was', async () => {
    const root = host.lookAtRoot();
    const lab = await openLab('router', exampleLab('router'));
    expect(lab.report).toMatchObject({ failures: [], differences: [] });
    expect(lab.report.conflicts).toBeUndefined();
    expect(host.names()).toEqual(['foreign', 'ns-router', 'ns1', 'ns2']);
    expect(host.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.2.1').status).toBe(0);
    for (const name of ['ns-router', 'ns1', 'ns2']) {
      const links = lab.json<{ ifalias?: string }[]>('ip', '-j', '-n', name, 'link');
      expect(links.map(({ ifalias }) => ifalias)).toEqual(links.map(() => 'vethlab:router'));
    }
    expect(host.lookAtRoot()).toBe(root);
    await lab.close();
    expect(host.names()).toEqual(['foreign']);
  });

  it('sees nothing of what is not its own', async () => {
    const lab = await openLab('pair', pair);
    host.sh('ip netns add stranger; ip -n stranger link set lo up; ip -n foreign link set fveth1 mtu 1400');
    // The lab sees its own namespaces change, so its eyes are open.
    host.sh('ip -n ns1 link set eth0 mtu 1400');
    await lab.until(() => lab.observed.namespaces.ns1?.interfaces.eth0?.mtu === 1400, 'the own change is seen');
    expect(Object.keys(lab.observed.namespaces).sort()).toEqual(['ns1', 'ns2']);
    host.sh('ip netns del stranger; ip -n foreign link set fveth1 mtu 1500');
  });
});

describe('a name that is somebody else’s', () => {
  it('is told before anything is run, with two remedies, and nothing is touched', async () => {
    host.sh('ip netns add ns2; ip -n ns2 link set lo up; ip -n ns2 address add 10.55.0.1/32 dev lo');
    const inode = host.inode('ns2');
    const lab = await openLab('pair', pair);
    expect(lab.report).toMatchObject({ steps: 0, operations: 0, conflicts: [{ code: 'host.namespace-taken' }] });
    expect(lab.report.conflicts?.[0]).toMatchObject({ path: ['nodes', 'ns2'], severity: 'error' });
    expect(lab.report.conflicts?.[0]?.detail).toMatch(/Rename the node.*vethlab adopt pair ns2/);
    expect(host.names()).toEqual(['foreign', 'ns2']);
    expect(host.inode('ns2')).toBe(inode);
    expect(host.sh('ip -n ns2 address')).toContain('10.55.0.1/32');
    host.sh('ip netns del ns2');
  });

  it('holds back the edit that wants it, and the rename that makes way brings both about', async () => {
    host.sh('ip netns add ns3');
    const lab = await openLab('pair', pair);
    const held = await lab.edit(edit({ type: 'add-node', kind: 'host', name: 'ns3' }));
    expect(held).toMatchObject({ operations: 0, conflicts: [{ code: 'host.namespace-taken' }] });
    const inode = host.inode('ns3');
    await expect(lab.agent.request({ type: 'plan', diff: null })).rejects.toThrow(/ns3 exists on this machine/);
    const made = await lab.edit(edit({ type: 'rename-node', node: 'ns3', to: 'ns4' }));
    expect(made).toMatchObject({ failures: [], differences: [] });
    expect(host.names()).toEqual(['foreign', 'ns1', 'ns2', 'ns3', 'ns4']);
    expect(host.inode('ns3')).toBe(inode);
    host.sh('ip netns del ns3');
  });

  it('can be adopted, keeps its inode, and then goes with the lab', async () => {
    host.sh('ip netns add ns2');
    const inode = host.inode('ns2');
    const lab = await openLab('pair', pair);
    expect(lab.report.conflicts).toHaveLength(1);
    await lab.agent.leave?.();
    expect(host.vethlab('adopt', 'pair', 'ns2', 'nobody')).toMatchObject({ status: 1 });
    expect(host.vethlab('adopt', 'pair', 'ns2')).toMatchObject({ status: 0, stderr: '' });
    const again = await openLab('pair', pair);
    expect(again.report).toMatchObject({ failures: [], differences: [] });
    expect(host.inode('ns2')).toBe(inode);
    expect(host.vethlab('adopt', 'other', 'ns2').stderr).toContain('belongs to the lab pair');
  });

  it('can be adopted for an edit that waits for it', async () => {
    host.sh('ip netns add ns3; ip -n ns3 address add 10.55.0.1/32 dev lo');
    const lab = await openLab('pair', pair);
    const held = await lab.edit(edit({ type: 'add-node', kind: 'host', name: 'ns3' }));
    expect(held.conflicts).toHaveLength(1);
    const inode = host.inode('ns3');
    expect(host.vethlab('adopt', 'pair', 'ns3').status).toBe(0);
    const { report } = await lab.agent.request({ type: 'repair', items: [] });
    expect(report).toMatchObject({ failures: [], differences: [] });
    await lab.until(() => Object.keys(lab.observed.namespaces).includes('ns3'), 'the adopted one is seen');
    expect(host.inode('ns3')).toBe(inode);
  });

  it('of another lab is refused by name', async () => {
    await openLab('first', pair);
    const second = await openLab('second', pair);
    expect(second.report.conflicts?.map(({ code }) => code)).toEqual([
      'host.namespace-of-lab',
      'host.namespace-of-lab',
    ]);
    expect(second.report.conflicts?.[0]?.detail).toContain('ns1 belongs to the lab first');
  });

  it('of an interface in a namespace of ours is told and left alone', async () => {
    const lab = await openLab('pair', pair);
    host.sh('ip -n ns1 link add eth1 type bridge');
    const ends = { from: { node: 'ns1', ifname: 'eth1' }, to: { node: 'ns2', ifname: 'eth1' } };
    const report = await lab.edit(edit({ type: 'connect', ...ends }));
    expect(report).toMatchObject({ operations: 0, conflicts: [{ code: 'host.interface-taken' }] });
    expect(host.sh('ip -n ns1 -d link show eth1')).toContain('bridge');
    host.sh('ip -n ns1 link del eth1');
    const { report: made } = await lab.agent.request({ type: 'repair', items: [] });
    expect(made).toMatchObject({ failures: [], differences: [] });
    expect(host.sh('ip -n ns1 -d link show eth1')).toContain('veth');
  });
});

describe('vethlab down', () => {
  it('refuses while a process of somebody else runs inside, says which, and leaves the lab running', async () => {
    const lab = await openLab('pair', pair);
    const pid = host.sleepIn('ns1');
    const refused = host.vethlab('down', 'pair');
    expect(refused.status).toBe(3);
    expect(refused.stderr).toContain(`the process ${pid} (sleep) in ns1`);
    expect(host.names()).toEqual(['foreign', 'ns1', 'ns2']);
    expect(host.isAlive(lab.agent.pid)).toBe(true);
    await expect(lab.close()).rejects.toMatchObject({ code: 'host.not-ours' });
    const removal = await lab.edit(edit({ type: 'remove-nodes', nodes: ['ns1'] }));
    expect(removal.failures[0]?.message).toContain(`the process ${pid} (sleep) runs in ns1`);
    expect(host.isAlive(pid)).toBe(true);
    expect(host.vethlab('down', 'pair', '--force')).toMatchObject({ status: 0 });
    expect(host.isAlive(pid)).toBe(false);
    expect(host.names()).toEqual(['foreign']);
  });

  it('refuses while a pair of somebody else leads out of a namespace', async () => {
    await openLab('pair', pair);
    host.sh('ip link add out0 type veth peer name in0 netns ns1');
    expect(host.vethlab('down', '--all')).toMatchObject({ status: 3, stderr: expect.stringContaining('in0 in ns1') });
    expect(host.sh('ip link show out0')).toContain('out0');
    host.sh('ip link del out0');
    expect(host.vethlab('down', '--all').status).toBe(0);
  });

  it('leaves a namespace alone that somebody made under our name, also with our inode', async () => {
    await openLab('pair', pair);
    const inode = host.inode('ns1');
    // The kernel gives the lowest free number, which is most often the one that has just become free.
    host.sh('ip netns del ns1; ip netns del ns2');
    host.run('kill', '-9', `${host.agentPid('pair') ?? ''}`);
    const numbers = new Set<number>();
    for (let round = 0; round < 50 && !numbers.has(inode); round += 1) {
      host.sh('ip netns add ns1');
      numbers.add(host.inode('ns1'));
      if (!numbers.has(inode)) host.sh('ip netns del ns1');
    }
    if (!host.names().includes('ns1')) host.sh('ip netns add ns1');
    expect(host.vethlab('down', '--all').status).toBe(0);
    expect(host.names()).toEqual(['foreign', 'ns1']);
    host.sh('ip netns del ns1');
  });

  it('needs to know which labs, and root', () => {
    expect(host.vethlab('down').status).toBe(1);
    expect(host.vethlab('down', 'x', '--all').status).toBe(1);
    expect(host.vethlab('down', '../x').stderr).toContain('no id of a lab');
    expect(host.vethlab('down', 'nobody')).toMatchObject({ status: 0, stdout: 'nobody: nothing was left\n' });
  });
});

describe('an agent that is killed', () => {
  const star = topologyOf(
    [
      'vethlab: 1\nname: Star\nnodes:\n  sw: { kind: switch, interfaces: {',
      Array.from({ length: 24 }, (_, i) => `p${i}: {}`).join(', '),
      '} }\n',
      ...Array.from(
        { length: 24 },
        (_, i) => `  h${i}: { kind: host, interfaces: { eth0: { addresses: [10.2.0.${i + 1}/24] } } }\n`,
      ),
      'links:\n',
      ...Array.from({ length: 24 }, (_, i) => `  - endpoints: ["h${i}:eth0", "sw:p${i}"]\n`),
    ].join(''),
  );

  it('at any moment leaves nothing that down does not remove, and nothing that a new agent does not bring to an end', async () => {
    const left: number[] = [];
    for (let round = 0; round < 12; round += 1) {
      const agent = await hostAgent(host, 'star');
      agent.send({ type: 'open', topology: star, revision: 1 });
      // Spread over the apply, which takes some 40 ms here, and its beginning most of all.
      await new Promise((tick) => setTimeout(tick, (round * round) / 4));
      host.run('kill', '-9', `${agent.ready.pid}`);
      await agent.leave?.();
      left.push(host.names().length - 1);
      if (round % 4 === 3) {
        const lab = await openLab('star', star);
        expect(lab.report).toMatchObject({ failures: [], differences: [] });
        await lab.agent.leave?.();
      }
      expect(host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
      expect(host.look()).toBe(before);
      expect(host.sh('ls -A /run/vethlab/owned')).toBe('');
    }
    // Otherwise the test would have killed at the ends only.
    expect(left.some((count) => count > 0)).toBe(true);
  });

  it('nor does a down that is killed itself', async () => {
    let cutShort = 0;
    for (const seconds of ['0.10', '0.14', '0.18', '0.22', '0.26']) {
      const lab = await openLab('star', star);
      const down = host.run('timeout', '--signal=KILL', seconds, process.execPath, bundle, 'down', '--all');
      if (down.stdout === '') cutShort += 1;
      await lab.agent.leave?.();
      expect(host.vethlab('down', '--all')).toMatchObject({ status: 0, stderr: '' });
      expect(host.look()).toBe(before);
      expect(host.sh('ls -A /run/vethlab/owned')).toBe('');
    }
    expect(cutShort).toBeGreaterThan(0);
  });

  it('is followed by one that finds everything as it was', async () => {
    const lab = await openLab('pair', pair);
    const inodes = ['ns1', 'ns2'].map((name) => host.inode(name));
    host.run('kill', '-9', `${lab.agent.pid}`);
    await lab.agent.leave?.();
    const next = await openLab('pair', pair);
    expect(next.report).toMatchObject({ steps: 0, differences: [] });
    expect(['ns1', 'ns2'].map((name) => host.inode(name))).toEqual(inodes);
    expect(next.agent.pid).not.toBe(lab.agent.pid);
  });
});

it('what crash and reading leave of records is swept', async () => {
  host.sh('mkdir -p /run/vethlab/owned');
  // As after a crash between the record and the mount, and between the record and the reservation.
  host.sh(
    `echo '{"vethlab":1,"lab":"pair","inode":null,"adopted":false}' | tee /run/vethlab/owned/ns8 > /run/vethlab/owned/ns9`,
  );
  host.sh('touch /run/netns/ns8; echo text > /run/vethlab/owned/ns7');
  expect(host.vethlab('down', 'pair').status).toBe(0);
  expect(host.names()).toEqual(['foreign']);
  expect(host.sh('ls /run/vethlab/owned')).toBe('ns7\n');
  host.sh('rm /run/vethlab/owned/ns7');
});

it('commands and shells of the lab are the lab’s: they outlive the server as it says, and go with the lab without force', async () => {
  const lab = await openLab('pair', pair);
  const commands = new CommandsOfLab(lab);
  await commands.add('ns1', 'job', ['sleep', '1000']);
  const { pid } = await commands.until('ns1:job', 'running');
  const terminal = await lab.agent.request({
    type: 'terminal-open',
    terminal: 't1',
    node: 'ns2',
    cols: 80,
    rows: 24,
  });
  await lab.agent.leave?.();
  const next = await openLab('pair', lab.topology);
  expect(host.isAlive(pid)).toBe(true);
  // The new server knows nothing of the shell of the old one: nobody could ever see or close it again.
  await next.until(() => !host.isAlive(terminal.pid), 'the shell of the old server has ended');
  expect(host.vethlab('down', 'pair')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('2 namespaces removed'),
  });
  expect(host.isAlive(pid)).toBe(false);
});

it('no script of a person is ever run on the machine', async () => {
  const lab = await openLab('pair', pair);
  const order = { type: 'run-script', name: 'x', script: 'ip netns add evil', timeLimitMs: 1000 } as const;
  await expect(lab.agent.request(order)).rejects.toMatchObject({ code: 'host.sandbox-only' });
  await expect(
    lab.agent.request({ type: 'exec', command: ['ip', 'netns', 'add', 'evil'], cwd: '/', env: {} }),
  ).rejects.toMatchObject({ code: 'host.sandbox-only' });
  expect(host.names()).toEqual(['foreign', 'ns1', 'ns2']);
});
