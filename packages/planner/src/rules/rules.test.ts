import type { ObservedTable } from '@vethlab/observed';
import type { Node } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { iptablesOf } from '../shell/iptables-lines.js';
import { chainsOf } from './chains-of.js';
import { foundRules } from './found-rules.js';
import { presentRules } from './present-rules.js';
import { rulesOfNode } from './rules.js';
import { sameRules } from './same-rules.js';

const node = {
  firewall: {
    input: { policy: 'drop', rules: [{ in: 'lo', action: 'accept' }] },
    forward: {
      policy: 'accept',
      rules: [
        { state: ['established', 'related'], action: 'accept' },
        { from: '10.1.0.0/24', protocol: 'tcp', port: 22, action: 'reject' },
        { protocol: 'icmpv6', action: 'accept' },
      ],
    },
    output: { policy: 'accept', rules: [] },
  },
  nat: {
    masquerade: [{ out: 'eth0', family: 'ipv4' }],
    source: [{ out: 'eth0', from: '10.1.0.2', to: '203.0.113.5' }],
    forwards: [{ in: 'eth0', protocol: 'tcp', port: 8080, to: '10.1.0.2', toPort: 80 }],
  },
} as unknown as Node;

const accept = { type: 'filter', priority: 0, policy: 'accept' } as const;

function table(family: string, name: string, chains: ObservedTable['chains']): ObservedTable {
  return { family, name, chains };
}

describe('rules of a node', () => {
  it('are the same when they come back from the kernel', () => {
    const rules = rulesOfNode(node);
    const found = foundRules([table('inet', 'vethlab', chainsOf(rules))]);
    expect(found.together !== null && sameRules(found.together, rules)).toBe(true);
    expect(found.others).toEqual([]);
  });

  it('are named as the document has them, however many wait for an interface', () => {
    const there = { has: (ifname: string) => ifname === 'eth0' };
    const waiting = {
      firewall: {
        ...node.firewall,
        forward: {
          policy: 'accept',
          rules: [
            { in: 'eth9', action: 'drop' },
            { in: 'eth0', action: 'accept' },
            { out: 'eth9', action: 'drop' },
            { action: 'drop' },
          ],
        },
      },
      nat: {
        masquerade: [{ out: 'eth9' }, { out: 'eth0', from: '10.1.0.0/24' }],
        source: [{ out: 'eth0', to: '203.0.113.5' }],
        forwards: [
          { in: 'eth9', protocol: 'udp', port: 53, to: '10.1.0.3' },
          { protocol: 'tcp', port: 8080, to: '10.1.0.2' },
        ],
      },
    } as unknown as Node;
    const chains = chainsOf(presentRules(waiting, there), rulesOfNode(waiting));
    expect(chains.map(({ name, names }) => [name, names])).toEqual([
      ['input', ['rule 1 of input']],
      ['forward', ['rule 2 of forward', 'rule 4 of forward']],
      ['prerouting', ['the forward of TCP port 8080']],
      [
        'postrouting',
        [
          'the source address 203.0.113.5 of what leaves by eth0',
          'the masquerade of what leaves by eth0 from 10.1.0.0/24',
        ],
      ],
    ]);
  });

  it('have lines of iptables that mean the same, one for each family', () => {
    const lines = iptablesOf({ op: 'set-rules', namespace: 'r1' as never, chains: chainsOf(rulesOfNode(node)) });
    expect(lines.map((line) => line.replace('ip netns exec r1 ', ''))).toEqual([
      'iptables -P INPUT DROP',
      'ip6tables -P INPUT DROP',
      'iptables -A INPUT -i lo -j ACCEPT',
      'ip6tables -A INPUT -i lo -j ACCEPT',
      'iptables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
      'ip6tables -A FORWARD -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT',
      'iptables -A FORWARD -s 10.1.0.0/24 -p tcp --dport 22 -j REJECT',
      'ip6tables -A FORWARD -p ipv6-icmp -j ACCEPT',
      'iptables -t nat -A PREROUTING -i eth0 -p tcp --dport 8080 -j DNAT --to-destination 10.1.0.2:80',
      'iptables -t nat -A POSTROUTING -o eth0 -s 10.1.0.2 -j SNAT --to-source 203.0.113.5',
      'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
    ]);
  });

  it('typed with iptables are of IPv4, policy and all, and join those of ip6tables', () => {
    const found = foundRules([
      table('ip', 'filter', [
        {
          name: 'FORWARD',
          base: { ...accept, hook: 'forward', policy: 'drop' },
          rules: [{ match: { in: 'eth1' }, action: { kind: 'accept' } }],
        },
        { name: 'INPUT', base: { ...accept, hook: 'input' }, rules: [] },
      ]),
      table('ip6', 'filter', [
        { name: 'FORWARD', base: { ...accept, hook: 'forward' }, rules: [{ match: {}, action: { kind: 'drop' } }] },
      ]),
      table('ip', 'nat', [
        {
          name: 'POSTROUTING',
          base: { type: 'nat', hook: 'postrouting', priority: 100, policy: 'accept' },
          rules: [{ match: { out: 'eth0' }, action: { kind: 'masquerade' } }],
        },
      ]),
    ]);
    expect(found.beyond).toEqual([]);
    expect(found.others).toHaveLength(3);
    expect(found.together?.firewall.forward).toEqual({
      policy: 'accept',
      rules: [
        { in: 'eth1', family: 'ipv4', action: 'accept' },
        { family: 'ipv4', action: 'drop' },
        { family: 'ipv6', action: 'drop' },
      ],
    });
    expect(found.together?.nat.masquerade).toEqual([{ out: 'eth0', family: 'ipv4' }]);
  });

  const sayings: readonly (readonly [string, ObservedTable, RegExp])[] = [
    [
      'a rule that does more',
      table('ip', 'filter', [{ name: 'INPUT', base: { ...accept, hook: 'input' }, rules: [null] }]),
      /Rule 1 of the chain INPUT/,
    ],
    [
      'a chain of nobody',
      table('inet', 't', [{ name: 'c', base: null, rules: [{ match: {}, action: { kind: 'accept' } }] }]),
      /hangs on no hook/,
    ],
    ['a bridge', table('bridge', 't', [{ name: 'c', base: null, rules: [null] }]), /family bridge/],
    [
      'masquerade everywhere',
      table('ip', 'nat', [
        {
          name: 'P',
          base: { type: 'nat', hook: 'postrouting', priority: 100, policy: 'accept' },
          rules: [{ match: {}, action: { kind: 'masquerade' } }],
        },
      ]),
      /no chain of a lab/,
    ],
    [
      'two lists for one packet',
      table('inet', 't', [
        { name: 'c', base: { ...accept, hook: 'forward' }, rules: [{ match: {}, action: { kind: 'drop' } }] },
      ]),
      /one after the other/,
    ],
  ];

  it.each(sayings)('leave %s alone, with the reason', (_title, other, why) => {
    const found = foundRules([table('inet', 'vethlab', chainsOf(rulesOfNode(node))), other]);
    expect(found.others).toEqual([]);
    expect(found.beyond.map(({ whyNot }) => whyNot)).toEqual([expect.stringMatching(why)]);
    expect(found.together !== null && sameRules(found.together, rulesOfNode(node))).toBe(true);
  });
});
