import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';
import type { NftTableSpec } from './rule.js';

const chain = { type: 'filter', priority: 0, policy: 'accept' } as const;
const table: NftTableSpec = {
  name: 'ours',
  chains: [
    {
      ...chain,
      name: 'forward',
      hook: 'forward',
      policy: 'drop',
      rules: [
        { match: { state: ['established', 'related'] }, action: { kind: 'accept' } },
        {
          match: {
            in: 'eth1',
            out: 'eth0',
            from: '10.1.0.0/24',
            to: '10.0.0.1',
            protocol: 'tcp',
            port: 80,
            state: ['new', 'untracked'],
          },
          action: { kind: 'accept' },
        },
        { match: { from: '2001:db8::/33', protocol: 'icmpv6' }, action: { kind: 'reject' } },
        { match: { to: '10.0.0.128/25', protocol: 'udp', port: 53 }, action: { kind: 'drop' } },
        { match: { family: 'ipv6', state: ['invalid'] }, action: { kind: 'drop' } },
        { match: { protocol: 'icmp' }, action: { kind: 'accept' } },
        { match: {}, action: { kind: 'reject' } },
      ],
    },
    {
      type: 'nat',
      hook: 'prerouting',
      priority: -100,
      policy: 'accept',
      name: 'prerouting',
      rules: [
        { match: { in: 'eth0', protocol: 'tcp', port: 8080 }, action: { kind: 'dnat', to: '10.1.0.2', port: 80 } },
        { match: { protocol: 'udp', port: 53 }, action: { kind: 'dnat', to: '2001:db8::1' } },
      ],
    },
    {
      type: 'nat',
      hook: 'postrouting',
      priority: 100,
      policy: 'accept',
      name: 'postrouting',
      rules: [
        { match: { out: 'eth0', family: 'ipv4' }, action: { kind: 'masquerade' } },
        { match: { out: 'eth0', from: '10.1.0.0/24' }, action: { kind: 'snat', to: '203.0.113.5' } },
      ],
    },
  ],
};

/** As nft 1.0.6 prints them; the counters are taken out. */
const inWordsOfNft = [
  'type filter hook forward priority filter; policy drop;',
  'ct state established,related accept',
  'iifname "eth1" oifname "eth0" ip saddr 10.1.0.0/24 ip daddr 10.0.0.1 tcp dport 80 ct state new,untracked accept',
  'ip6 saddr 2001:db8::/33 meta l4proto ipv6-icmp reject',
  'ip daddr 10.0.0.128/25 udp dport 53 drop',
  'meta nfproto ipv6 ct state invalid drop',
  'meta l4proto icmp accept',
  'reject',
  'type nat hook prerouting priority dstnat; policy accept;',
  'iifname "eth0" meta nfproto ipv4 tcp dport 8080 dnat ip to 10.1.0.2:80',
  'meta nfproto ipv6 udp dport 53 dnat ip6 to 2001:db8::1',
  'type nat hook postrouting priority srcnat; policy accept;',
  'oifname "eth0" meta nfproto ipv4 masquerade',
  'oifname "eth0" ip saddr 10.1.0.0/24 snat ip to 203.0.113.5',
];

describe('a table of nf_tables', () => {
  it('is what nft would have made, and is read back as it was asked for', async () => {
    const seen = await inSandbox(
      ({ netlink, run, input }) => {
        const socket = netlink.NftablesSocket.open();
        const before = socket.generation();
        const made = socket.replaceTable(input);
        const again = socket.replaceTable(input);
        const after = socket.generation();
        const result = {
          made,
          again,
          text: run('nft', 'list', 'ruleset'),
          chains: socket.chains(),
          grew: after > before,
        };
        const gone = [socket.replaceTable({ name: 'ours', chains: [] }), socket.chains()];
        socket.close();
        return { ...result, gone, left: run('nft', 'list', 'ruleset') };
      },
      { input: table },
    );
    expect([seen.made, seen.again, seen.grew]).toEqual([{ ok: true }, { ok: true }, true]);
    const lines = seen.text.split('\n').map((line) => line.trim().replace('counter packets 0 bytes 0 ', ''));
    expect(lines.filter((line) => /accept|drop|reject|masquerade|nat /.test(line))).toEqual(inWordsOfNft);
    expect(seen.chains.map(({ name, base }) => ({ name, ...base }))).toEqual(
      table.chains.map(({ rules: _, ...rest }) => rest),
    );
    expect(seen.chains.map(({ rules }) => rules.map(({ rule }) => withoutImplied(rule)))).toEqual(
      table.chains.map(({ rules }) => rules),
    );
    expect(seen.gone).toEqual([{ ok: true }, []]);
    expect(seen.left.trim()).toBe('');
  });

  it('stays as it was when one rule is refused, and the answer names that rule', async () => {
    const seen = await inSandbox(
      ({ netlink, run, input }) => {
        const socket = netlink.NftablesSocket.open();
        socket.replaceTable(input);
        const before = run('nft', 'list', 'ruleset');
        // Only chains of the type nat know what to translate.
        const [forward, prerouting] = input.chains;
        if (forward === undefined || prerouting === undefined) throw new Error('no chains');
        const bad = { match: {}, action: { kind: 'masquerade' } } as const;
        const rules = [...forward.rules.slice(0, 2), bad, ...forward.rules];
        const said = [{}, { names: ['one', 'two', 'the third'] }].map((named) => {
          const chains = [prerouting, { ...forward, rules, ...named }];
          const answer = socket.replaceTable({ name: input.name, chains });
          return answer.ok ? 'done' : `${answer.error.code} ${answer.error.message}`;
        });
        return { said, same: run('nft', 'list', 'ruleset') === before, absent: socket.deleteTable('ip', 'nothing') };
      },
      { input: table },
    );
    expect(seen.said).toEqual([
      expect.stringContaining('rule 3 of forward'),
      expect.stringContaining('nf_tables: the third'),
    ]);
    expect(seen.same).toBe(true);
    expect(seen.absent.ok).toBe(false);
  });

  it('typed with iptables, ip6tables or nft is read as the same rules', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      const typed = [
        'iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
        'iptables -t nat -A POSTROUTING -s 10.1.0.0/24 -o eth0 -j SNAT --to-source 203.0.113.5',
        'iptables -t nat -A PREROUTING -i eth0 -p tcp --dport 8080 -j DNAT --to-destination 10.1.0.2:80',
        'iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        'iptables -A FORWARD -m state --state NEW -i eth1 -m comment --comment hello -j ACCEPT',
        'iptables -A FORWARD -p tcp -s 10.1.0.0/25 -d 10.1.0.2 --dport 22 -j REJECT',
        'iptables -A FORWARD -p icmp -j ACCEPT',
        'iptables -A FORWARD -p tcp --dport 1000:2000 -j ACCEPT',
        'iptables -A FORWARD -i eth+ -j ACCEPT',
        'iptables -A FORWARD ! -s 10.1.0.0/24 -j DROP',
        'iptables -A FORWARD -p tcp --sport 80 -j DROP',
        'iptables -A FORWARD -m limit --limit 1/s -j ACCEPT',
        'iptables -P FORWARD DROP',
        'ip6tables -t nat -A POSTROUTING -o eth0 -j MASQUERADE',
        'ip6tables -t nat -A PREROUTING -p udp --dport 53 -j DNAT --to-destination [2001:db8::1]:5353',
        'ip6tables -A INPUT -p ipv6-icmp -s 2001:db8::/64 -j REJECT',
      ];
      for (const line of typed) run(...line.split(' '));
      run('nft', 'add table inet t');
      run('nft', 'add chain inet t c { type filter hook input priority 0 ; }');
      const rules = [
        'ip saddr 10.1.0.0/24 tcp dport 22 counter accept',
        'ct state established,related accept',
        'iif lo accept',
        'iifname lo accept',
        'tcp dport { 22, 80 } accept',
        'ip protocol icmp drop',
        'ip6 nexthdr udp drop',
        'log prefix "x" accept',
        'tcp dport 22 accept comment "ssh"',
        'ct state != invalid accept',
        'tcp sport 22 tcp dport 22 accept',
        'meta l4proto udp meta l4proto tcp accept',
      ];
      for (const rule of rules) run('nft', `add rule inet t c ${rule}`);
      return netlink.NftablesSocket.open()
        .chains()
        .map(({ family, name, base, rules }) => [
          `${family} ${name} ${base?.policy}`,
          rules.map(({ rule }) => (rule === null ? null : [rule.match, rule.action])),
        ]);
    });
    const tcp = { protocol: 'tcp' };
    expect(Object.fromEntries(seen as [string, unknown][])).toEqual({
      'ip POSTROUTING accept': [
        [{ out: 'eth0' }, { kind: 'masquerade' }],
        [
          { out: 'eth0', from: '10.1.0.0/24' },
          { kind: 'snat', to: '203.0.113.5' },
        ],
      ],
      'ip PREROUTING accept': [
        [
          { in: 'eth0', ...tcp, port: 8080 },
          { kind: 'dnat', to: '10.1.0.2', port: 80 },
        ],
      ],
      'ip FORWARD drop': [
        [{ state: ['established', 'related'] }, { kind: 'accept' }],
        [{ in: 'eth1', state: ['new'] }, { kind: 'accept' }],
        [{ ...tcp, from: '10.1.0.0/25', to: '10.1.0.2', port: 22 }, { kind: 'reject' }],
        [{ protocol: 'icmp' }, { kind: 'accept' }],
        null,
        null,
        null,
        null,
        null,
      ],
      'ip6 POSTROUTING accept': [[{ out: 'eth0' }, { kind: 'masquerade' }]],
      'ip6 PREROUTING accept': [
        [
          { protocol: 'udp', port: 53 },
          { kind: 'dnat', to: '2001:db8::1', port: 5353 },
        ],
      ],
      'ip6 INPUT accept': [[{ protocol: 'icmpv6', from: '2001:db8::/64' }, { kind: 'reject' }]],
      'inet c accept': [
        [{ family: 'ipv4', from: '10.1.0.0/24', ...tcp, port: 22 }, { kind: 'accept' }],
        [{ state: ['established', 'related'] }, { kind: 'accept' }],
        null,
        [{ in: 'lo' }, { kind: 'accept' }],
        null,
        [{ family: 'ipv4', protocol: 'icmp' }, { kind: 'drop' }],
        null,
        null,
        [{ ...tcp, port: 22 }, { kind: 'accept' }],
        null,
        null,
        null,
      ],
    });
  });

  it('costs less to look at than to replace', async () => {
    const ms = await inSandbox(
      ({ netlink, input }) => {
        const sockets = Array.from({ length: 50 }, (_, index) =>
          netlink.NftablesSocket.open(netlink.createNamespace(`n${index}`)),
        );
        const timed = (work: (socket: (typeof sockets)[number]) => unknown) => {
          const each = sockets.map((socket) => {
            const start = performance.now();
            work(socket);
            return performance.now() - start;
          });
          return each.sort((a, b) => a - b)[25] ?? Number.NaN;
        };
        return {
          first: timed((socket) => socket.replaceTable(input)),
          replaced: timed((socket) => socket.replaceTable(input)),
          generation: timed((socket) => socket.generation()),
          read: timed((socket) => socket.chains()),
        };
      },
      { input: table },
    );
    // Whether anything has changed is known without reading it. How long each takes is the benches' to say.
    expect(ms.generation).toBeLessThan(ms.replaced);
  });
});

/** An address says the family, and the kernel is told it. */
function withoutImplied(rule: NftTableSpec['chains'][number]['rules'][number] | null): unknown {
  if (rule === null) return null;
  const { family, ...match } = rule.match;
  const address = match.from ?? match.to ?? ('to' in rule.action ? rule.action.to : undefined);
  return { match: family === undefined || address !== undefined ? match : { ...match, family }, action: rule.action };
}

describe('changes of rules', () => {
  it('are heard from every namespace with a number, whoever makes them', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const root = netlink.RtnetlinkSocket.open();
      root.setNsid(netlink.createNamespace('a').fd, 5);
      const poller = new netlink.Poller();
      const heard: (number | null)[] = [];
      const monitor = netlink.NftablesMonitor.open({
        poller,
        onChange: (nsid) => heard.push(nsid),
        onLost: () => heard.push(-1),
      });
      run('nsenter', '--net=/run/netns/a', 'nft', 'add table inet x');
      await until(() => heard.length === 1);
      run('nsenter', '--net=/run/netns/a', 'iptables', '-A', 'INPUT', '-j', 'ACCEPT');
      await until(() => heard.length >= 2);
      run('nft', 'add table ip y');
      await until(() => heard.includes(null));
      monitor.close();
      monitor.close();
      poller.close();
      return heard;
    });
    expect(new Set(seen)).toEqual(new Set([5, null]));
  });
});
