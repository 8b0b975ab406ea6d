import { namespaceOf } from '@vethlab/observed';
import { adoptionOf, ghostsOf, scriptOf } from '@vethlab/planner';
import { routedTutorial } from '@vethlab/planner/testing/routed-tutorial';
import { sameKernel } from '@vethlab/planner/testing/same-kernel';
import { emptyTopology } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SandboxedLab } from './testing/sandboxed-lab.js';

/** What the product promises: what is typed is seen within a second. */
const promisedMs = 1000;

/** The tutorial, in its blocks. */
const direct = [
  ['ip netns add ns1', 'ip netns add ns2', 'ip netns list'],
  ['ip link add veth0 type veth peer name veth1', 'ip link set veth0 netns ns1', 'ip link set veth1 netns ns2'],
  [
    'ip netns exec ns1 ip addr add 192.168.1.1/24 dev veth0',
    'ip netns exec ns2 ip addr add 192.168.1.2/24 dev veth1',
    'ip netns exec ns1 ip link set veth0 up',
    'ip netns exec ns2 ip link set veth1 up',
  ],
];
describe('a tutorial, typed line by line', () => {
  let lab: SandboxedLab;

  beforeEach(async () => {
    lab = await SandboxedLab.open();
  });
  afterEach(async () => {
    await lab.close();
  });

  async function typeAll(blocks: readonly (readonly string[])[]): Promise<void> {
    for (const line of blocks.flat()) {
      const { status, stderr } = lab.run('sh', '-c', line);
      expect(`${line}: ${stderr} ${status}`).toBe(`${line}:  0`);
    }
  }

  const adopt = (topology = emptyTopology('typed')) => adoptionOf({ topology, observed: lab.observed, items: 'all' });

  it('shows a pair in the root namespace, and each end where it is moved, within a second', async () => {
    await typeAll([['ip link add veth0 type veth peer name veth1']]);
    await lab.until(() => Object.hasOwn(lab.observed.root ?? {}, 'veth0'), 'the pair is seen', promisedMs);
    const peerOf = (name: string) => lab.observed.root?.[name]?.peer;
    await lab.until(() => peerOf('veth0')?.ifname === 'veth1', 'the pair is known as one', promisedMs);
    expect(peerOf('veth1')).toEqual({ namespace: '', ifname: 'veth0' });
    const [ghost] = ghostsOf(emptyTopology('typed'), lab.observed).pairs;
    expect(ghost?.whyNot).toContain('root namespace');

    await typeAll([['ip netns add ns1', 'ip link set veth0 netns ns1']]);
    const moved = () => namespaceOf(lab.observed, 'ns1')?.interfaces.veth0;
    await lab.until(() => moved()?.peer?.namespace === '', 'one end is in ns1', promisedMs);
    await lab.until(() => peerOf('veth1')?.namespace === 'ns1', 'the other end knows', promisedMs);

    await typeAll([['ip netns add ns2', 'ip link set veth1 netns ns2']]);
    await lab.until(() => moved()?.peer?.namespace === 'ns2', 'both ends are in namespaces', promisedMs);
    await lab.until(() => lab.observed.root === undefined, 'nothing is left in the root namespace', promisedMs);
    expect(adopt().topology.links).toEqual([{ endpoints: ['ns1:veth0', 'ns2:veth1'], up: true }]);
  });

  it('two hosts with a cable become the document, and the agent has nothing to do', async () => {
    await typeAll(direct);
    await lab.until(
      () => namespaceOf(lab.observed, 'ns2')?.interfaces.veth1?.carrier === true,
      'the cable is up',
      promisedMs,
    );
    const { topology, diff, leftOut, summary } = adopt();
    expect(leftOut).toEqual([]);
    expect(summary).toBe('Adopted ns1, ns2 and their link.');
    expect(topology.nodes).toEqual({
      ns1: {
        kind: 'host',
        loopback: 'down',
        interfaces: { veth0: { up: true, addresses: ['192.168.1.1/24'] } },
        routes: [],
      },
      ns2: {
        kind: 'host',
        loopback: 'down',
        interfaces: { veth1: { up: true, addresses: ['192.168.1.2/24'] } },
        routes: [],
      },
    });
    lab.topology = topology;
    lab.agent.send({ type: 'take-over', diff, revision: 2 });
    await lab.until(() => lab.report.revision === 2, 'the document is taken over');
    expect(lab.report).toMatchObject({ steps: 0, operations: 0 });
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps).toEqual([]);
    expect(lab.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.1.2').status).toBe(0);
    expect(lab.run('nsenter', '--net=/var/run/netns/ns1', 'ping', '-c1', '-W2', '192.168.1.2').status).toBe(0);
  });

  it('a router becomes one when it forwards, and only as far as it does', async () => {
    await typeAll(routedTutorial);
    await lab.until(() => namespaceOf(lab.observed, 'ns2')?.routes.length === 1, 'the route is seen', promisedMs);
    const { topology, leftOut } = adopt();
    expect(leftOut).toEqual([]);
    expect(topology.nodes['ns-router']).toMatchObject({ kind: 'router', forwards: 'ipv4' });
    expect(topology.nodes.ns1?.routes).toEqual([{ to: 'default', via: '192.168.1.254' }]);
    expect(topology.links.length).toBe(2);
    const places = Object.values(topology.canvas.nodes).map(({ x, y }) => `${x} ${y}`);
    expect(new Set(places).size).toBe(3);
  });

  it('the adopted document builds the same in an empty lab, and so does its script', async () => {
    await typeAll(routedTutorial);
    await lab.until(() => namespaceOf(lab.observed, 'ns2')?.routes.length === 1, 'the route is seen', promisedMs);
    const { topology } = adopt();
    const drawn = await SandboxedLab.open(topology);
    const scripted = await SandboxedLab.open();
    try {
      expect(drawn.report).toMatchObject({ failures: [], differences: [] });
      expect(scripted.run('sh', '-euc', scriptOf(topology))).toMatchObject({ status: 0, stderr: '' });
      const typed = sameKernel(lab.observed);
      for (const other of [drawn, scripted]) {
        await other
          .until(
            () => JSON.stringify(sameKernel(other.observed)) === JSON.stringify(typed),
            'both look the same',
            5_000,
          )
          .catch(() => expect(sameKernel(other.observed)).toEqual(typed));
      }
      expect(drawn.run('ip', 'netns', 'exec', 'ns1', 'ping', '-c1', '-W2', '192.168.2.1').status).toBe(0);
    } finally {
      await drawn.close();
      await scripted.close();
    }
  });

  it('a namespace that is deleted goes, with what hung on it', async () => {
    await typeAll(direct);
    await lab.until(
      () => namespaceOf(lab.observed, 'ns2')?.interfaces.veth1?.carrier === true,
      'the cable is up',
      promisedMs,
    );
    const { topology } = adopt();
    await typeAll([['ip netns del ns1']]);
    await lab.until(() => namespaceOf(lab.observed, 'ns1') === null, 'ns1 is gone', promisedMs);
    await lab.until(
      () => !Object.hasOwn(namespaceOf(lab.observed, 'ns2')?.interfaces ?? {}, 'veth1'),
      'so is its peer',
    );
    const after = adopt(topology);
    expect(after.summary).toBe('Removed ns1, as in the kernel.');
    expect(after.topology.nodes).toEqual({ ns2: { kind: 'host', loopback: 'down', interfaces: {}, routes: [] } });
    expect(after.topology.canvas.nodes).not.toHaveProperty('ns1');
  });

  it('only a MAC that somebody set is part of the document', async () => {
    await typeAll([
      [
        'ip netns add a',
        'ip netns add b',
        'ip link add x netns a type veth peer name y netns b address 02:00:00:00:00:42',
      ],
    ]);
    await lab.until(
      () =>
        namespaceOf(lab.observed, 'a')?.interfaces.x !== undefined &&
        namespaceOf(lab.observed, 'b')?.interfaces.y?.macByHand === true,
      'the MAC counts',
      promisedMs,
    );
    const { nodes } = adopt().topology;
    expect(nodes.a?.interfaces.x).not.toHaveProperty('mac');
    expect(nodes.b?.interfaces.y?.mac).toBe('02:00:00:00:00:42');
  });

  it('hostile names are text: they are told, run nothing, and can be removed', async () => {
    const namespaces = ['$(touch pwned)', '"quoted"', '\u001b[31m', '😀😀😀'];
    for (const name of namespaces) expect(lab.run('ip', 'netns', 'add', name).status).toBe(0);
    expect(lab.run('ip', 'link', 'add', '$(id)', 'type', 'veth', 'peer', 'name', '😀😀😀').status).toBe(0);
    await lab.until(
      () => Object.keys(lab.observed.namespaces).length === namespaces.length,
      'all are seen',
      promisedMs,
    );
    await lab.until(() => lab.observed.root?.['$(id)'] !== undefined, 'the pair is seen', promisedMs);
    const { topology, leftOut } = adopt();
    expect(topology.nodes).toEqual({});
    expect(leftOut.map(({ what }) => what)).toEqual(
      expect.arrayContaining(namespaces.map((name) => `the namespace ${name}`)),
    );
    const ghosts = ghostsOf(lab.topology, lab.observed);
    const ids = [...ghosts.namespaces, ...ghosts.pairs].map(({ id }) => id);
    const { report } = await lab.agent.request({ type: 'repair', items: ids });
    expect(report.failures).toEqual([]);
    await lab.until(() => Object.keys(lab.observed.namespaces).length === 0, 'the namespaces are gone', promisedMs);
    await lab.until(() => lab.observed.root === undefined, 'the pair is gone', promisedMs);
    expect(lab.run('ip', 'netns', 'list').stdout).toBe('');
    // What they would have made, wherever it was run: the sandbox shares the machine's files.
    expect(lab.run('find', '/tmp', '/run', '/root', '.', '-maxdepth', '1', '-name', 'pwned').stdout).toBe('');
  });
});
