import { namespaceOf } from '@vethlab/observed';
import { adoptionOf } from '@vethlab/planner';
import { emptyTopology } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { SandboxedLab } from './testing/sandboxed-lab.js';

// The last parts of a namespaces tutorial, on the kernel that has them. What it says of iptables is typed on the machine's own
// kernel (e2e/tests/firewall.spec.ts): the rules of this one know no IPv4.

/** Everything takes several times as long in the second kernel. */
const soonMs = 10_000;

/** A customer with an address that another one has too, and his port of the router. */
const customer = (name: string, port: string) => [
  `ip netns add ${name}`,
  `ip link add eth0 netns ${name} type veth peer name ${port} netns isp`,
  `ip -n ${name} addr add 10.0.0.2/24 dev eth0`,
  `ip -n ${name} link set lo up`,
  `ip -n ${name} link set eth0 up`,
  `nsenter --net=/var/run/netns/${name} ip route add default via 10.0.0.1`,
];

const tutorial = [
  ['ip netns add isp', 'ip netns exec isp sysctl -q -w net.ipv4.ip_forward=1', 'ip -n isp link set lo up'],
  customer('red', 'p-red'),
  customer('blue', 'p-blue'),
  [
    'ip -n isp link add vrf-red type vrf table 100',
    'ip -n isp link set vrf-red up',
    'ip -n isp link set p-red master vrf-red',
    'ip -n isp addr add 10.0.0.1/24 dev p-red',
    'ip -n isp link set p-red up',
  ],
  [
    'nsenter --net=/var/run/netns/isp ip link add vrf-blue type vrf table 200',
    'nsenter --net=/var/run/netns/isp ip link set vrf-blue up',
    'nsenter --net=/var/run/netns/isp ip link set p-blue master vrf-blue',
    'nsenter --net=/var/run/netns/isp ip addr add 10.0.0.1/24 dev p-blue',
    'nsenter --net=/var/run/netns/isp ip link set p-blue up',
    'nsenter --net=/var/run/netns/isp ip route add 10.9.0.0/16 via 10.0.0.2 table 200',
  ],
  ['ip netns exec red tc qdisc add dev eth0 root netem delay 20ms 5ms loss 10%'],
];

describe('the last parts of a tutorial, typed line by line', () => {
  let lab: SandboxedLab;
  beforeEach(async () => {
    lab = await SandboxedLab.open();
  });
  afterEach(async () => {
    await lab.close();
  });

  it('become VRFs and impairments of a document that builds the same', async () => {
    for (const line of tutorial.flat()) {
      const { status, stderr } = lab.run('sh', '-c', line);
      expect(`${line}: ${stderr} ${status}`).toBe(`${line}:  0`);
    }
    await lab.until(
      () => namespaceOf(lab.observed, 'red')?.interfaces.eth0?.qdisc !== undefined,
      'the delay is seen',
      soonMs,
    );
    await lab.until(
      () => adoptionOf({ topology: emptyTopology('typed'), observed: lab.observed, items: 'all' }).leftOut.length === 0,
      'everything has its place in a document',
      soonMs,
    );
    const { topology, diff } = adoptionOf({ topology: emptyTopology('typed'), observed: lab.observed, items: 'all' });
    expect(topology.nodes.isp?.vrfs).toEqual({
      'vrf-red': { table: 100, interfaces: ['p-red'], routes: [] },
      'vrf-blue': { table: 200, interfaces: ['p-blue'], routes: [{ to: '10.9.0.0/16', via: '10.0.0.2' }] },
    });
    expect(topology.nodes.red?.interfaces.eth0?.impairment).toEqual({ delayMs: 20, jitterMs: 5, lossPercent: 10 });

    lab.topology = topology;
    lab.agent.send({ type: 'take-over', diff, revision: 2 });
    await lab.until(() => lab.report.revision === 2, 'the document is taken over', soonMs);
    expect(lab.report).toMatchObject({ steps: 0, operations: 0 });
    await expectNothingLeft(lab);
    await expectSameWhenTyped(lab, topology);

    // The same addresses, and nobody hears of the other.
    const pings = (node: string, address: string) =>
      lab.run('nsenter', `--net=/run/netns/${node}`, 'ping', '-c4', '-i0.2', '-W3', address).status === 0;
    expect([pings('red', '10.0.0.1'), pings('blue', '10.0.0.1')]).toEqual([true, true]);
  });
});
