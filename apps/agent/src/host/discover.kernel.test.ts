import type { HostReply } from '@vethlab/protocol';
import { parseLabFile } from '@vethlab/topology';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestHost } from '../testing/test-host.js';

let host: TestHost;

beforeAll(async () => {
  host = await TestHost.make();
  host.sh(`
    unshare --net sleep 10000 >/dev/null 2>&1 & pid=$!
    while [ "$(readlink /proc/$pid/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
    ip link add cont0 index 30 type veth peer name eth0 index 31 netns $pid
    nsenter --net=/proc/$pid/ns/net ip address add 172.17.0.2/16 dev eth0
    ip link set cont0 master fbr0
    ip netns add left; ip netns add right
    ip link add eth0 index 40 netns left type veth peer name eth0 index 40 netns right
    ip -n left link add in0 type veth peer name in1`);
});
afterAll(() => host.close());

const discover = () => JSON.parse(host.vethlab('discover', '--json').stdout) as HostReply;

it('named namespaces and those that only processes hold are found, with the pairs between them', () => {
  const { namespaces, observed, notes } = discover();
  expect(notes).toEqual([]);
  const processes = namespaces.find(({ kind }) => kind === 'processes');
  expect(processes).toMatchObject({ label: expect.stringMatching(/^\/proc\/\d+ \(sleep\)$/), names: [], processes: 1 });
  const label = processes?.label ?? '';
  expect(namespaces.map((one) => one.label).sort()).toEqual(['', 'foreign', 'left', label, 'right'].sort());
  const peerOf = (namespace: string, ifname: string) => observed.namespaces[namespace]?.interfaces[ifname]?.peer;
  expect(peerOf('', 'cont0')).toEqual({ namespace: label, ifname: 'eth0' });
  expect(peerOf(label, 'eth0')).toEqual({ namespace: '', ifname: 'cont0' });
  expect(peerOf('', 'fveth0')).toEqual({ namespace: 'foreign', ifname: 'fveth1' });
  // Equal names and indexes in every namespace: only the numbers of the namespaces tell them apart.
  expect(peerOf('left', 'eth0')).toEqual({ namespace: 'right', ifname: 'eth0' });
  expect(peerOf('left', 'in0')).toEqual({ namespace: 'left', ifname: 'in1' });
  expect(observed.namespaces['']?.interfaces.cont0?.master).toBe('fbr0');
  expect(observed.namespaces[label]?.interfaces.eth0?.addresses).toMatchObject([{ address: '172.17.0.2/16' }]);
  for (const { label: name, inode } of namespaces) expect(observed.namespaces[name]?.inode).toBe(inode);
});

it('it can be drawn: bridges with ports are switches, and pairs are links', () => {
  const { topology, drawn, leftOut } = discover();
  const kinds = Object.entries(topology.nodes).map(([name, { kind }]) => [name, kind]);
  const [sleeper] = kinds.map(([name]) => name).filter((name) => name?.startsWith('sleep-'));
  expect(Object.fromEntries(kinds)).toEqual({
    'this-machine': 'host',
    foreign: 'host',
    fbr0: 'switch',
    left: 'host',
    right: 'host',
    [`${sleeper}`]: 'host',
  });
  const links = topology.links.map(({ endpoints }) => [...endpoints].sort().join(' '));
  expect(links.sort()).toEqual(
    [
      `fbr0:cont0 ${sleeper}:eth0`,
      'foreign:fveth1 this-machine:fveth0',
      'left:eth0 right:eth0',
      'left:in0 left:in1',
    ].sort(),
  );
  expect(topology.nodes.foreign?.interfaces.fveth1?.addresses).toEqual(['10.9.9.2/24']);
  expect(leftOut).toEqual([]);
  expect(drawn.map(({ node }) => node).sort()).toEqual(Object.keys(topology.nodes).sort());
  expect(drawn).toContainEqual({ node: 'this-machine', namespace: '', bridge: null });
  expect(drawn).toContainEqual({ node: 'fbr0', namespace: '', bridge: 'fbr0' });
  expect(drawn.find(({ node }) => node === sleeper)?.namespace).toMatch(/^\/proc\/\d+ \(sleep\)$/);
  const file = host.vethlab('discover', '--lab').stdout;
  expect(parseLabFile(file).topology?.nodes).toEqual(topology.nodes);
});

it('looking changes nothing, and is told in lines for people', () => {
  const before = host.look();
  const { stdout, status } = host.vethlab('discover');
  expect(status).toBe(0);
  expect(stdout).toMatch(/^foreign · 0 processes\n {2}fveth1 · veth · up · to this machine:fveth0 · 10\.9\.9\.2\/24$/m);
  expect(host.look()).toBe(before);
});

it('a hostile name is shown as text', () => {
  host.sh(`ip netns add '$(id)\x1b[2J'`);
  const { stdout } = host.vethlab('discover');
  expect(stdout).toContain('$(id)\uFFFD[2J');
  expect(discover().namespaces.map(({ label }) => label)).toContain('$(id)\x1b[2J');
});
