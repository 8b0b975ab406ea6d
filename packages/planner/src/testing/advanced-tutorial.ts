import type { Topology } from '@vethlab/topology';

/** A customer with an address that another one has too, and his port of the router. */
const customer = (name: string, port: string) => [
  `ip netns add ${name}`,
  `ip link add eth0 netns ${name} type veth peer name ${port} netns isp`,
  `ip -n ${name} addr add 10.0.0.2/24 dev eth0`,
  `ip -n ${name} link set lo up`,
  `ip -n ${name} link set eth0 up`,
  `nsenter --net=/var/run/netns/${name} ip route add default via 10.0.0.1`,
];

/** Lines as they are typed into a shell that was entered with nsenter: without a word of the namespace. */
const insideOf = (name: string, lines: readonly string[]) =>
  [`nsenter --net=/var/run/netns/${name} sh -e <<'end'`, ...lines, 'end'].join('\n');

/**
 * The last parts of a namespaces tutorial, as lines for a shell, in the blocks in which a person types them: VRFs said in each of the usual
 * ways, and netem. For what is typed in a kernel that has both (scripts/uml). What it says of iptables is typed on the machine's own kernel
 * (e2e/tests/firewall.spec.ts): the rules of the second one know no IPv4.
 */
export const advancedTutorial: readonly (readonly string[])[] = [
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
  [
    'ip netns add edge',
    'ip link add veth0 netns edge type veth peer name p-edge netns isp',
    'ip -n isp link set p-edge up',
    insideOf('edge', [
      'sysctl -q -w net.ipv4.ip_forward=1',
      'ip link set lo up',
      'ip link add vrf1 type vrf table 100',
      'ip link set vrf1 up',
      'ip link set veth0 master vrf1',
      'ip addr add 10.3.0.1/24 dev veth0',
      'ip link set veth0 up',
      'ip route add 10.8.0.0/16 via 10.3.0.2 vrf vrf1',
    ]),
  ],
  [
    'ip netns exec red tc qdisc add dev eth0 root netem delay 20ms 5ms loss 10%',
    'nsenter --net=/var/run/netns/edge tc qdisc add dev veth0 root netem delay 40ms rate 10mbit',
  ],
];

/** What a document says once all of it is adopted: the VRFs by node, and the impairments by endpoint. */
export const afterAdvancedTutorial = {
  vrfs: {
    isp: {
      'vrf-red': { table: 100, interfaces: ['p-red'], routes: [] },
      'vrf-blue': { table: 200, interfaces: ['p-blue'], routes: [{ to: '10.9.0.0/16', via: '10.0.0.2' }] },
    },
    edge: { vrf1: { table: 100, interfaces: ['veth0'], routes: [{ to: '10.8.0.0/16', via: '10.3.0.2' }] } },
  },
  impairments: {
    'red:eth0': { delayMs: 20, jitterMs: 5, lossPercent: 10 },
    'edge:veth0': { delayMs: 40, rateBitsPerSecond: 10_000_000 },
  },
};

/** The same of a document, to compare. */
export function vrfsAndImpairments(nodes: Topology['nodes']): unknown {
  const named = Object.entries(nodes);
  return {
    vrfs: Object.fromEntries(named.flatMap(([name, { vrfs }]) => (vrfs === undefined ? [] : [[name, vrfs]]))),
    impairments: Object.fromEntries(
      named.flatMap(([name, { interfaces }]) =>
        Object.entries(interfaces).flatMap(([ifname, { impairment }]) =>
          impairment === undefined ? [] : [[`${name}:${ifname}`, impairment]],
        ),
      ),
    ),
  };
}
