import type { Cidr, Ifname, IpAddress, Mac, NodeName, Topology } from '@vethlab/topology';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Operation } from '../plan.js';
import { commandsOf, NO_SAFE_COMMAND } from './commands.js';
import { operand, UnsafeOperandError } from './operand.js';
import { scriptOf } from './script.js';

const ns = 'ns1' as NodeName;
const eth0 = 'eth0' as Ifname;

const lines: [Operation, string[]][] = [
  [
    { op: 'limit-rate', namespace: ns, ifname: 'eth0', bitsPerSecond: 5_000_000 },
    ['tc -n ns1 qdisc replace dev eth0 root tbf rate 5mbit burst 16384b limit 47634b'],
  ],
  [{ op: 'limit-rate', namespace: ns, ifname: 'eth0', bitsPerSecond: null }, ['tc -n ns1 qdisc delete dev eth0 root']],
  [
    { op: 'remove-table', namespace: ns, family: 'ip', table: 'filter' },
    ['ip netns exec ns1 nft delete table ip filter'],
  ],
  [
    { op: 'set-rules', namespace: ns, chains: [] },
    ['ip netns exec ns1 nft add table inet vethlab', 'ip netns exec ns1 nft delete table inet vethlab'],
  ],
  [
    {
      op: 'set-rules',
      namespace: ns,
      chains: [
        {
          name: 'forward',
          base: { type: 'filter', hook: 'forward', priority: 0, policy: 'drop' },
          rules: [
            { match: { state: ['established', 'related'] }, action: { kind: 'accept' } },
            {
              match: { in: 'eth1', out: 'eth0', from: '10.1.0.0/24', protocol: 'tcp', port: 80 },
              action: { kind: 'accept' },
            },
            { match: { family: 'ipv6', protocol: 'icmpv6' }, action: { kind: 'reject' } },
          ],
          names: [],
        },
        {
          name: 'prerouting',
          base: { type: 'nat', hook: 'prerouting', priority: -100, policy: 'accept' },
          rules: [
            { match: { protocol: 'tcp', port: 8080 }, action: { kind: 'dnat', to: '10.1.0.2', port: 80 } },
            { match: { protocol: 'tcp', port: 8080 }, action: { kind: 'dnat', to: '2001:db8::1', port: 80 } },
          ],
          names: [],
        },
      ],
    },
    [
      'ip netns exec ns1 nft add table inet vethlab',
      'ip netns exec ns1 nft delete table inet vethlab',
      'ip netns exec ns1 nft add table inet vethlab',
      "ip netns exec ns1 nft 'add chain inet vethlab forward { type filter hook forward priority filter ; policy drop ; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab forward ct state established,related counter accept'",
      `ip netns exec ns1 nft 'add rule inet vethlab forward iifname "eth1" oifname "eth0" ip saddr 10.1.0.0/24 tcp dport 80 counter accept'`,
      "ip netns exec ns1 nft 'add rule inet vethlab forward meta nfproto ipv6 meta l4proto icmpv6 counter reject'",
      "ip netns exec ns1 nft 'add chain inet vethlab prerouting { type nat hook prerouting priority dstnat ; policy accept ; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab prerouting meta nfproto ipv4 tcp dport 8080 counter dnat ip to 10.1.0.2:80'",
      "ip netns exec ns1 nft 'add rule inet vethlab prerouting meta nfproto ipv6 tcp dport 8080 counter dnat ip6 to [2001:db8::1]:80'",
    ],
  ],
  [{ op: 'add-namespace', namespace: ns }, ['ip netns add ns1']],
  [
    { op: 'skip-dad', namespace: ns, ifnames: ['eth0' as Ifname] },
    ['ip netns exec ns1 sysctl -q -e -w net/ipv6/conf/default/accept_dad=0 net/ipv6/conf/eth0/accept_dad=0'],
  ],
  [{ op: 'remove-namespace', namespace: ns }, ['ip netns delete ns1']],
  [
    { op: 'rename-namespace', namespace: ns, to: 'b' as NodeName },
    ['touch /run/netns/b', 'mount --bind /run/netns/ns1 /run/netns/b', 'umount -l /run/netns/ns1', 'rm /run/netns/ns1'],
  ],
  [
    { op: 'set-forwarding', namespace: ns, family: 4, enabled: true },
    ['ip netns exec ns1 sysctl -q -w net.ipv4.ip_forward=1'],
  ],
  [
    { op: 'set-forwarding', namespace: ns, family: 6, enabled: false },
    ['ip netns exec ns1 sysctl -q -w net.ipv6.conf.all.forwarding=0'],
  ],
  [
    {
      op: 'add-veth',
      ends: [
        { namespace: ns, ifname: eth0, mtu: 1400, mac: '02:00:00:00:00:01' as Mac },
        { namespace: 'ns2' as NodeName, ifname: eth0 },
      ],
    },
    ['ip link add name eth0 netns ns1 mtu 1400 address 02:00:00:00:00:01 type veth peer name eth0 netns ns2'],
  ],
  [{ op: 'add-bridge', namespace: ns, ifname: 'br0' }, ['ip -n ns1 link add name br0 type bridge']],
  [{ op: 'remove-interface', namespace: ns, ifname: 'eth0' }, ['ip -n ns1 link delete dev eth0']],
  [
    { op: 'rename-interface', namespace: ns, ifname: 'eth0', to: 'lan0' as Ifname },
    ['ip -n ns1 link set dev eth0 name lan0'],
  ],
  [
    { op: 'set-interface', namespace: ns, ifname: 'eth0', master: 'br0', mtu: 1400, up: true },
    ['ip -n ns1 link set dev eth0 mtu 1400 master br0 up'],
  ],
  [
    { op: 'set-interface', namespace: ns, ifname: 'eth0', master: null, up: false },
    ['ip -n ns1 link set dev eth0 nomaster down'],
  ],
  [
    { op: 'add-address', namespace: ns, ifname: 'eth0', address: '10.0.0.1/24' as Cidr },
    ['ip -n ns1 address add 10.0.0.1/24 dev eth0'],
  ],
  [
    { op: 'add-address', namespace: ns, ifname: 'eth0', address: '2001:db8::1/64' as Cidr },
    ['ip -n ns1 address add 2001:db8::1/64 dev eth0 nodad'],
  ],
  [
    { op: 'remove-address', namespace: ns, ifname: 'eth0', address: '::1/128' as Cidr },
    ['ip -n ns1 address delete ::1/128 dev eth0'],
  ],
  [
    { op: 'set-route', namespace: ns, route: { family: 4, to: 'default', via: '10.0.0.254' as IpAddress } },
    ['ip -n ns1 route replace default via 10.0.0.254'],
  ],
  [
    { op: 'set-route', namespace: ns, route: { family: 6, to: 'default', via: 'fe80::1' as IpAddress, dev: eth0 } },
    ['ip -n ns1 -6 route replace default via fe80::1 dev eth0'],
  ],
  [
    { op: 'remove-route', namespace: ns, route: { family: 4, to: '10.9.0.0/16' as Cidr, dev: eth0, metric: 7 } },
    ['ip -n ns1 route delete 10.9.0.0/16 dev eth0 metric 7'],
  ],
  [
    { op: 'open-way-out', namespace: ns, subnet: '198.18.0.0/24' as Cidr, hostPorts: [8080, 3000] },
    [
      "ip netns exec ns1 nft 'add table inet vethlab-way-out'",
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out strays { type filter hook prerouting priority 0; }'",
      `ip netns exec ns1 nft 'add rule inet vethlab-way-out strays iifname "uplink" ct state invalid drop'`,
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out leaving { type nat hook postrouting priority 100; }'",
      `ip netns exec ns1 nft 'add rule inet vethlab-way-out leaving oifname "uplink" masquerade'`,
      `ip netns exec ns1 nft 'add rule inet vethlab-way-out leaving oifname "lo" ip saddr != 127.0.0.0/8 ip daddr 127.0.0.1 tcp dport { 8080, 3000 } snat ip to 127.0.0.1'`,
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out arriving { type nat hook prerouting priority -100; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab-way-out arriving ip daddr 198.18.0.1 tcp dport { 8080, 3000 } dnat ip to 127.0.0.1'",
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out own { type nat hook output priority -100; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab-way-out own ip daddr 198.18.0.1 tcp dport { 8080, 3000 } dnat ip to 127.0.0.1'",
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out arrived { type nat hook input priority 100; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab-way-out arrived ip saddr != 127.0.0.0/8 ip daddr 127.0.0.1 tcp dport { 8080, 3000 } snat ip to 127.0.0.1'",
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out closed-forward { type filter hook forward priority 0; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab-way-out closed-forward ip daddr 198.18.0.1 reject'",
      "ip netns exec ns1 nft 'add chain inet vethlab-way-out closed-output { type filter hook output priority 0; }'",
      "ip netns exec ns1 nft 'add rule inet vethlab-way-out closed-output ip daddr 198.18.0.1 reject'",
      'ip netns exec ns1 sysctl -q -w net.ipv4.conf.all.route_localnet=1',
      'pasta --quiet --config-net --no-map-gw --no-netns-quit --ns-ifname uplink --address 198.18.0.2 --netmask 24 --gateway 198.18.0.1 --address fdff:ffff:ffff:ffff::2 --gateway fdff:ffff:ffff:ffff::1 --dns-forward 198.18.0.3 --tcp-ports none --udp-ports none --udp-ns none --tcp-ns 8080,3000 --runas 0 --netns-only --netns /run/netns/ns1',
    ],
  ],
];

describe('the commands of an operation', () => {
  it.each(lines)('%j', (operation, expected) => {
    expect(commandsOf(operation)).toEqual(expected);
  });

  it('are a comment without foreign text when a name is not safe', () => {
    for (const ifname of [
      '$(id)',
      '`id`',
      "a'b",
      'a"b',
      'a;b',
      'a\nb',
      '\u001b[2J',
      '-h',
      '',
      'a b',
      '*',
      '#',
      'é',
      '~',
    ]) {
      expect(commandsOf({ op: 'remove-interface', namespace: ns, ifname })).toEqual([NO_SAFE_COMMAND]);
    }
  });

  it('never carry a character that means something to a shell, whatever the names are', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const line of commandsOf({ op: 'remove-interface', namespace: ns, ifname: text })) {
          expect(line === NO_SAFE_COMMAND || /^[A-Za-z0-9_.:/= -]+$/.test(line)).toBe(true);
        }
      }),
    );
  });
});

describe('the one serializer of operands', () => {
  it('refuses what is outside its alphabet, what begins with a dash, and what is empty or very long', () => {
    for (const text of ['-h', '--help', '', 'a b', 'a$b', 'a\u0000', 'a\n', 'x'.repeat(101)]) {
      expect(() => operand(text)).toThrow(UnsafeOperandError);
    }
  });

  it('gives everything else back as it is', () => {
    for (const text of ['ns1', 'a.b-c_d', '10.0.0.1/24', '::/0', '2001:db8::1/64', '02:00:00:00:00:01', '1400']) {
      expect(operand(text)).toBe(text);
    }
  });
});

describe('a script', () => {
  const nothing: Topology = { vethlab: 1, name: '', nodes: {}, links: [], probes: [], canvas: { nodes: {} } };

  it('keeps the name of the lab inside its comment', () => {
    const name = 'x\nrm -rf /\r\u2028id\u001b[2J\u0000\u202Eend';
    const comment = scriptOf({ ...nothing, name }).split('\n')[1];
    expect(comment).toBe('# Lab: x rm -rf / id [2J end');
  });

  it('says that hosts and switches do not forward, because it cannot look first', () => {
    const host = { kind: 'host', interfaces: {}, routes: [] } as const;
    const script = scriptOf({ ...nothing, nodes: { h1: host, r1: { ...host, kind: 'router' } } });
    expect(script).toContain('ip netns exec h1 sysctl -q -w net.ipv4.ip_forward=0\n');
    expect(script).toContain('ip netns exec h1 sysctl -q -w net.ipv6.conf.all.forwarding=0\n');
    expect(script).toContain('ip netns exec r1 sysctl -q -w net.ipv4.ip_forward=1\n');
    expect(script).not.toContain('r1 sysctl -q -w net.ipv4.ip_forward=0');
  });

  it('of a plan refuses to leave a step out', () => {
    const step = { id: 'x', action: 'remove', object: 'x', reason: 'x', dependsOn: [] } as const;
    const operation: Operation = { op: 'remove-interface', namespace: ns, ifname: '$(id)' };
    expect(() => scriptOf({ steps: [{ ...step, operation }] })).toThrow(UnsafeOperandError);
  });
});
