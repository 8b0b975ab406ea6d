import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('connections of a namespace', () => {
  it('are told with what becomes of their addresses', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      const r = netlink.createNamespace('r');
      for (const name of ['a', 'b']) netlink.createNamespace(name);
      const lines = [
        'link add name a0 netns r type veth peer name eth0 netns a',
        'link add name b0 netns r type veth peer name eth0 netns b',
        '-n r address add 10.1.0.1/24 dev a0',
        '-n r address add 10.2.0.1/24 dev b0',
        '-n a address add 10.1.0.2/24 dev eth0',
        '-n b address add 10.2.0.2/24 dev eth0',
        '-n r link set a0 up',
        '-n r link set b0 up',
        '-n a link set eth0 up',
        '-n b link set eth0 up',
        '-n a route add default via 10.1.0.1',
      ];
      for (const line of lines) run('ip', ...line.split(' '));
      run('ip', 'netns', 'exec', 'r', 'sysctl', '-qw', 'net.ipv4.ip_forward=1');
      const before = netlink.connections(r);
      netlink.NftablesSocket.open(r).replaceTable({
        name: 't',
        chains: [
          {
            name: 'post',
            type: 'nat',
            hook: 'postrouting',
            priority: 100,
            policy: 'accept',
            rules: [{ match: { out: 'b0' }, action: { kind: 'masquerade' } }],
          },
        ],
      });
      run('ip', 'netns', 'exec', 'a', 'ping', '-c1', '-W2', '10.2.0.2');
      return { before, after: netlink.connections(r) };
    });
    expect(seen.before).toEqual([]);
    expect(seen.after).toMatchObject([
      {
        protocol: 1,
        original: { source: '10.1.0.2', destination: '10.2.0.2', sourcePort: null },
        reply: { source: '10.2.0.2', destination: '10.2.0.1' },
        translated: 'source',
        answered: true,
        tcpState: null,
      },
    ]);
  });
});
