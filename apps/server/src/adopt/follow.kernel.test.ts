import { readFileSync } from 'node:fs';
import { namespaceOf } from '@vethlab/observed';
import type { AdoptReply, DriftReply, LabReply, ObservedReply } from '@vethlab/protocol';
import { applyDiff, invertDiff, nodeOf, type TopologyDiff } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestClient } from '../testing/test-client.js';
import { removeFolder, startTestServer, type TestServer } from '../testing/test-server.js';
import { runningLab, typableAgents, typeInto } from '../testing/typed-lab.js';
import { until } from '../testing/until.js';

const router = readFileSync(new URL('../../../../labs/router.lab.yaml', import.meta.url), 'utf8');

const { start, agents } = typableAgents();
let server: TestServer;

beforeAll(async () => {
  server = await startTestServer({ startAgent: start });
});

afterAll(async () => {
  await server.close();
  await removeFolder(server);
});

/** Types into the newest lab. */
function type(...lines: readonly string[]): string {
  const agent = agents.at(-1);
  if (agent === undefined) throw new Error('No lab runs.');
  return typeInto(agent, ...lines);
}

describe('follow mode', () => {
  it('draws what is typed, block by block, and the kernel is not touched', async () => {
    const { id } = await runningLab(server, { name: 'typed' });
    const client = await TestClient.open(server, id);
    expect(await client.ask({ type: 'set-follow', follow: true })).toMatchObject({ type: 'done' });
    expect(client.last('follow')).toMatchObject({ follow: true });
    const nodes = () => Object.keys(client.topology?.nodes ?? {});

    type('ip netns add ns1');
    await until(() => nodes().length === 1, 'ns1 is drawn');
    type('ip netns add ns2');
    await until(() => nodes().length === 2, 'ns2 is drawn');
    type('ip link add veth0 type veth peer name veth1', 'ip link set veth0 netns ns1', 'ip link set veth1 netns ns2');
    await until(() => client.topology?.links.length === 1, 'the link is drawn');
    type(
      'ip netns exec ns1 ip addr add 192.168.1.1/24 dev veth0',
      'ip netns exec ns2 ip addr add 192.168.1.2/24 dev veth1',
      'ip -n ns1 link set veth0 up',
      'ip -n ns2 link set veth1 up',
    );
    await until(() => nodeOf(client.topology as never, 'ns2')?.interfaces.veth1?.up === true, 'the cable is up');
    expect(type('ip netns exec ns1 ping -c1 -W2 192.168.1.2')).toContain('1 received');
    type('ip netns exec ns1 sysctl -qw net.ipv4.ip_forward=1');
    await until(() => nodeOf(client.topology as never, 'ns1')?.kind === 'router', 'ns1 is a router');
    expect(client.last('applied')?.report).toMatchObject({ steps: 0, failures: [] });

    type('ip netns del ns1');
    await until(() => !nodes().includes('ns1'), 'ns1 is gone');
    expect(client.topology?.links).toEqual([]);
    client.close();
  });

  it('draws what is typed with tc, and spanning tree, and is told what this kernel lacks', async () => {
    const file = readFileSync(new URL('../../../../labs/switch.lab.yaml', import.meta.url), 'utf8');
    const { id } = await runningLab(server, { file });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    const switchName =
      Object.entries(client.topology?.nodes ?? {}).find(([, { kind }]) => kind === 'switch')?.[0] ?? '';
    const node = () => nodeOf(client.topology as never, switchName);
    const [port = ''] = Object.keys(node()?.interfaces ?? {});
    type(`tc -n ${switchName} qdisc add dev ${port} root tbf rate 10mbit burst 16kb latency 40ms`);
    await until(() => node()?.interfaces[port]?.impairment?.rateBitsPerSecond === 10_000_000, 'the rate is drawn');
    type(`ip -n ${switchName} link set br0 type bridge stp_state 1`);
    await until(() => node()?.stp === true, 'spanning tree is drawn');
    type(`tc -n ${switchName} qdisc del dev ${port} root`);
    await until(() => node()?.interfaces[port]?.impairment === undefined, 'the rate is gone');
    expect(client.last('applied')?.report).toMatchObject({ steps: 0, failures: [] });

    const { features } = await server.json<ObservedReply>('GET', `/labs/${id}/observed`);
    const netem = features.find(({ name }) => name === 'netem');
    expect(netem?.available).toBeTypeOf('boolean');
    const impairment = { delayMs: 20 };
    const { revision } = await server.json<LabReply>('GET', `/labs/${id}`);
    const edit = { type: 'set-impairment', node: switchName, ifname: port, impairment };
    await server.json('POST', `/labs/${id}/edits`, { baseRevision: revision, edit });
    const { diagnostics } = await server.json<LabReply>('GET', `/labs/${id}`);
    const lacking = diagnostics.filter(({ code }) => code === 'feature.missing');
    expect(lacking.map(({ path }) => path)).toEqual(
      netem?.available === true ? [] : [['nodes', switchName, 'interfaces', port, 'impairment', 'delay']],
    );
    // What is not there because the kernel cannot do it is not taken out of the document.
    type(`ip -n ${switchName} link set br0 type bridge stp_state 0`);
    await until(() => node()?.stp === undefined, 'spanning tree is gone');
    expect(node()?.interfaces[port]?.impairment).toEqual(impairment);
    client.close();
  });

  it('loses no edit that a person makes at the same time', async () => {
    const { id } = await runningLab(server, { name: 'together' });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    for (let number = 1; number <= 8; number += 1) {
      type(`ip netns add typed${number}`);
      const edit = { type: 'add-node', kind: 'host', name: `drawn${number}` } as never;
      expect(await client.edit(edit)).toMatchObject({ type: 'accepted' });
    }
    const nodes = () => Object.keys(client.topology?.nodes ?? {});
    await until(() => nodes().length === 16, 'all sixteen are there');
    expect(type('ip netns list').trim().split('\n').length).toBe(16);
    client.close();
  });

  it('does not take the lab for deleted when its agent dies', async () => {
    const { id } = await runningLab(server, { file: router });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    const before = client.topology?.nodes;
    await agents.at(-1)?.kill();
    await until(() => client.last('run')?.run.state === 'running' && server.shelf.get(id).run.settled, 'it is back');
    type('ip netns add more');
    await until(() => Object.hasOwn(client.topology?.nodes ?? {}, 'more'), 'it still follows');
    expect(client.topology?.nodes).toMatchObject(before ?? {});
    client.close();
  });
});

describe('adoption on request', () => {
  it('takes a route that somebody deleted out of the document; repair would bring it back', async () => {
    const { id } = await runningLab(server, { file: router });
    const drift = () => server.json<DriftReply>('GET', `/labs/${id}/drift`);
    type('ip -n ns1 route del default');
    await until(async () => (await drift()).items[0], 'the drift is seen');
    await server.json('POST', `/labs/${id}/drift/repair`, {});
    expect(type('ip netns exec ns1 ping -c1 -W2 192.168.2.1')).toContain('1 received');
    await until(async () => (await drift()).items.length === 0, 'the drift is gone');

    type('ip -n ns1 route del default');
    const item = await until(async () => (await drift()).items[0], 'the drift is seen again');
    const reply = await server.json<AdoptReply>('POST', `/labs/${id}/adopt`, { items: [item.repair.id] });
    expect(reply.leftOut).toEqual([]);
    const { topology } = await server.json<LabReply>('GET', `/labs/${id}`);
    expect(nodeOf(topology, 'ns1')?.routes).toEqual([]);
    expect(nodeOf(topology, 'ns2')?.routes.length).toBe(1);
    await until(async () => (await drift()).items.length === 0, 'there is no drift left');
    expect(type('ip -n ns1 route show default')).toBe('');
  });

  it('taken back, the document forgets what the kernel keeps; done again, it knows it', async () => {
    const { id, topology: before } = await runningLab(server, { file: router });
    const client = await TestClient.open(server, id);
    type(
      'ip netns add extra',
      'ip link add e0 netns extra type veth peer name e1 netns ns1',
      'ip -n extra link set e0 up',
    );
    await until(async () => {
      const ghosts = await server.json<{ pairs: readonly { whyNot: string | null }[] }>('GET', `/labs/${id}/ghosts`);
      return ghosts.pairs.length === 1;
    }, 'the pair is a ghost');
    const answer = await client.ask({ type: 'adopt', items: null });
    if (answer.type !== 'adopted') throw new Error(JSON.stringify(answer));
    expect(answer.summary).toBe('Adopted extra and its link.');
    expect(applyDiff(before, answer.diff)).toMatchObject({ ok: true });
    const ghosts = async () => (await server.json<{ pairs: readonly unknown[] }>('GET', `/labs/${id}/ghosts`)).pairs;
    const turn = async (diff: TopologyDiff) => {
      const turned = await client.edit({ type: 'apply-diff', diff }, { takeOver: true });
      if (turned.type !== 'accepted') throw new Error(JSON.stringify(turned));
      await until(() => client.last('applied')?.report.revision === turned.revision, 'the agent knows');
      expect(client.last('applied')?.report).toMatchObject({ steps: 0, failures: [] });
      return turned.diff;
    };
    expect(await ghosts()).toEqual([]);
    const undone = await turn(invertDiff(answer.diff));
    expect(client.topology).toEqual(before);
    expect(type('ip -n extra -br link show e0')).toContain('e0@');
    expect((await ghosts()).length).toBe(1);
    // The next edit of a node that it is wired to leaves it alone.
    const edit = { type: 'set-interface', node: 'ns1', ifname: 'veth-ns1', mtu: 1400 } as never;
    expect(await client.edit(edit)).toMatchObject({ type: 'accepted' });
    await until(() => server.shelf.get(id).run.settled?.revision === server.shelf.get(id).revision, 'it is applied');
    expect(type('ip -n extra -br link show e0')).toContain('e0@');

    await turn(invertDiff(undone));
    expect(Object.keys(client.topology?.nodes ?? {})).toContain('extra');
    expect(await ghosts()).toEqual([]);
    expect(type('ip -n extra -br link show e0')).toContain('e0@');
    client.close();
  });

  it('of what no lab can hold tells why, and the next apply leaves it alone', async () => {
    const { id } = await runningLab(server, { file: router });
    type(
      'ip -n ns1 link add br7 type bridge',
      'ip -n ns1 addr add 10.99.0.1/32 dev lo',
      "ip netns add '$(touch pwned)'",
      'ip -n ns1 link add ifb7 type ifb',
    );
    const seen = server.shelf.get(id).mirror;
    await until(() => Object.hasOwn(seen.observed.namespaces.ns1?.interfaces ?? {}, 'ifb7'), 'the interface is seen');
    await until(() => Object.keys(seen.observed.namespaces).length === 4, 'the namespace is seen');
    const reply = await server.json<AdoptReply>('POST', `/labs/${id}/adopt`, { items: null });
    expect(reply.leftOut.map(({ what }) => what).sort()).toEqual([
      'the address 10.99.0.1/32 on lo',
      'the bridge br7',
      'the ifb ifb7',
      'the namespace $(touch pwned)',
    ]);
    expect(reply.diff.changes).toEqual([]);
    const edit = { type: 'set-interface', node: 'ns1', ifname: 'veth-ns1', mtu: 1400 };
    const { revision } = server.shelf.get(id);
    await server.json('POST', `/labs/${id}/edits`, { baseRevision: revision, edit });
    await until(() => server.shelf.get(id).run.settled, 'the edit is applied');
    expect(type('ip -n ns1 -br link; ip -n ns1 -br addr show lo')).toMatch(/br7[\s\S]*ifb7[\s\S]*10\.99\.0\.1/);
  });
});

describe('adoption while edits are held back', () => {
  async function heldLab() {
    const { id } = await runningLab(server, { file: router });
    await server.json('PUT', `/labs/${id}/mode`, { mode: 'held' });
    const edit = (edit: unknown) =>
      server.json('POST', `/labs/${id}/edits`, { baseRevision: server.shelf.get(id).revision, edit });
    const adopt = (items: readonly string[] | null = null) => server.ask('POST', `/labs/${id}/adopt`, { items });
    const seen = (name: string) =>
      until(() => namespaceOf(server.shelf.get(id).mirror.observed, name) !== null, `${name} is seen`);
    return { id, lab: server.shelf.get(id), edit, adopt, seen };
  }

  it('takes what was typed into the lab, and what is held stays held, and is all that Apply does', async () => {
    const { id, lab, edit, adopt, seen } = await heldLab();
    await edit({ type: 'rename-node', node: 'ns2', to: 'web' });
    await edit({ type: 'add-node', kind: 'host', name: 'later' });
    type('ip netns add extra', 'ip -n ns2 link set lo down', 'ip -n ns1 route del default');
    await seen('extra');
    await until(() => lab.mirror.drift.some(({ description }) => description.includes('default')), 'it is drift');
    await until(() => lab.mirror.drift.some(({ namespace }) => namespace === 'ns2'), 'the loopback is drift');
    const applied = lab.run.appliedRevision;
    expect((await adopt()).status).toBe(200);
    expect(lab.topology.nodes).toMatchObject({ extra: {}, later: {}, web: { loopback: 'down' }, ns1: { routes: [] } });
    expect(lab.run.appliedRevision).toBe(applied);
    expect(type('ip netns list')).not.toContain('later');
    await until(async () => (await server.json<DriftReply>('GET', `/labs/${id}/drift`)).items.length === 0, 'no drift');

    const { steps } = await server.json<{ steps: readonly { object: string }[] }>('GET', `/labs/${id}/plan`);
    expect(steps.map(({ object }) => object).filter((object) => !/namespace (later|ns2|web)/.test(object))).toEqual([
      'interface later:lo',
    ]);
    await server.json('POST', `/labs/${id}/apply`, {});
    expect(type('ip netns list').replaceAll(/ .*/g, '').trim().split('\n').sort()).toEqual([
      'extra',
      'later',
      'ns-router',
      'ns1',
      'web',
    ]);
    expect(type('ip -n web -br link show lo')).toContain('DOWN');
    expect(lab.run.appliedRevision).toBe(lab.revision);
  });

  it('can be taken back there too, and the kernel is not touched', async () => {
    const { id, lab, edit, adopt, seen } = await heldLab();
    await edit({ type: 'add-node', kind: 'host', name: 'later' });
    type('ip netns add extra');
    await seen('extra');
    const { diff } = (await (await adopt()).json()) as AdoptReply;
    const undo = { baseRevision: lab.revision, edit: { type: 'apply-diff', diff: invertDiff(diff) }, takeOver: true };
    await server.json('POST', `/labs/${id}/edits`, undo);
    await server.json('POST', `/labs/${id}/apply`, {});
    expect(Object.keys(lab.topology.nodes)).toEqual(['ns1', 'ns-router', 'ns2', 'later']);
    expect(type('ip netns list')).toContain('extra');
  });

  it('is refused only for what both change, and says what that is', async () => {
    const { lab, edit, adopt, seen } = await heldLab();
    await edit({ type: 'set-interface', node: 'ns1', ifname: 'veth-ns1', mtu: 1400 });
    type('ip -n ns1 link set veth-ns1 mtu 1300', 'ip netns add extra');
    await seen('extra');
    const item = await until(() => lab.mirror.drift.find(({ namespace }) => namespace === 'ns1'), 'it is drift');
    const refused = await adopt();
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({ code: 'lab.held', detail: expect.stringContaining('ns1:veth-ns1') });
    expect((await adopt([item.repair.id])).status).toBe(409);
    expect((await adopt(['namespace extra'])).status).toBe(200);
    expect(lab.topology.nodes).toMatchObject({ extra: {}, ns1: { interfaces: { 'veth-ns1': { mtu: 1400 } } } });
  });
});

describe('what is adopted by itself', () => {
  it('is for who follows to undo, with two who look on, and for whoever is alone', async () => {
    const { id } = await runningLab(server, { name: 'two' });
    const [one, two] = [await TestClient.open(server, id), await TestClient.open(server, id)];
    await two.ask({ type: 'set-follow', follow: true });
    const authorOf = async (summary: string) => {
      await until(() => one.last('document')?.summary === summary, summary);
      return one.last('document')?.author;
    };
    type('ip netns add ns1');
    expect(await authorOf('Adopted ns1.')).toBe(two.id);
    two.close();
    await until(() => server.shelf.get(id).clients === 1, 'one is alone');
    type('ip netns add ns2');
    expect(await authorOf('Adopted ns2.')).toBe(one.id);
    const three = await TestClient.open(server, id);
    type('ip netns add ns3');
    expect(await authorOf('Adopted ns3.')).toBeNull();
    for (const client of [one, three]) client.close();
  });

  it('leaves alone what was taken back, until it changes again', async () => {
    const { id } = await runningLab(server, { name: 'back' });
    const client = await TestClient.open(server, id);
    await client.ask({ type: 'set-follow', follow: true });
    const nodes = () => Object.keys(client.topology?.nodes ?? {});
    type('ip netns add ns1');
    const diff = await until(() => client.last('document')?.diff, 'ns1 is adopted');
    await client.edit({ type: 'apply-diff', diff: invertDiff(diff) }, { takeOver: true });
    type('ip netns add ns2');
    await until(() => nodes().includes('ns2'), 'ns2 is adopted');
    expect(nodes()).toEqual(['ns2']);
    type('ip -n ns1 link set lo up');
    await until(() => nodes().includes('ns1'), 'ns1 is adopted again');
    client.close();
  });
});
