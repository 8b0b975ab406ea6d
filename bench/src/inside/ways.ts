/** A way from h1 to h2 at 10.0.2.2: as a lab file says it, and as somebody types it who reads ip(8) and bridge(8). */
export interface Way {
  readonly name: string;
  readonly lab: string;
  readonly byHand: readonly string[];
}

const namespaces = (...names: readonly string[]) =>
  names.flatMap((name) => [`ip netns add ${name}`, `ip -n ${name} link set lo up`]);
const cable = (a: string, aIfname: string, b: string, bIfname: string) => [
  `ip link add name ${aIfname} netns ${a} type veth peer name ${bIfname} netns ${b}`,
];
const up = (name: string, ifname: string, address?: string) => [
  ...(address === undefined ? [] : [`ip -n ${name} address add ${address} dev ${ifname}`]),
  `ip -n ${name} link set ${ifname} up`,
];

export const ways: readonly Way[] = [
  {
    name: 'over a veth pair',
    lab: `nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.2.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.2.2/24] } } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]
`,
    byHand: [
      ...namespaces('h1', 'h2'),
      ...cable('h1', 'eth0', 'h2', 'eth0'),
      ...up('h1', 'eth0', '10.0.2.1/24'),
      ...up('h2', 'eth0', '10.0.2.2/24'),
    ],
  },
  {
    name: 'through a router',
    lab: `nodes:
  h1:
    kind: host
    interfaces: { eth0: { addresses: [10.0.1.1/24] } }
    routes: [{ to: default, via: 10.0.1.254 }]
  r1:
    kind: router
    interfaces: { eth0: { addresses: [10.0.1.254/24] }, eth1: { addresses: [10.0.2.254/24] } }
  h2:
    kind: host
    interfaces: { eth0: { addresses: [10.0.2.2/24] } }
    routes: [{ to: default, via: 10.0.2.254 }]
links:
  - endpoints: ["h1:eth0", "r1:eth0"]
  - endpoints: ["h2:eth0", "r1:eth1"]
`,
    byHand: [
      ...namespaces('h1', 'r1', 'h2'),
      ...cable('h1', 'eth0', 'r1', 'eth0'),
      ...cable('h2', 'eth0', 'r1', 'eth1'),
      ...up('h1', 'eth0', '10.0.1.1/24'),
      ...up('r1', 'eth0', '10.0.1.254/24'),
      ...up('r1', 'eth1', '10.0.2.254/24'),
      ...up('h2', 'eth0', '10.0.2.2/24'),
      'ip -n h1 route add default via 10.0.1.254',
      'ip -n h2 route add default via 10.0.2.254',
      'ip netns exec r1 sysctl -q -w net.ipv4.ip_forward=1',
    ],
  },
  {
    name: 'through a switch',
    lab: `nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.2.1/24] } } }
  sw1: { kind: switch, interfaces: { p1: {}, p2: {} } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.2.2/24] } } }
links:
  - endpoints: ["h1:eth0", "sw1:p1"]
  - endpoints: ["h2:eth0", "sw1:p2"]
`,
    byHand: [
      ...namespaces('h1', 'sw1', 'h2'),
      ...cable('h1', 'eth0', 'sw1', 'p1'),
      ...cable('h2', 'eth0', 'sw1', 'p2'),
      'ip -n sw1 link add name br0 type bridge',
      'ip -n sw1 link set br0 up',
      'ip -n sw1 link set p1 master br0',
      'ip -n sw1 link set p2 master br0',
      ...up('sw1', 'p1'),
      ...up('sw1', 'p2'),
      ...up('h1', 'eth0', '10.0.2.1/24'),
      ...up('h2', 'eth0', '10.0.2.2/24'),
    ],
  },
];
