import { describe, expect, it } from 'vitest';
import { BELOW, compareBothWays } from '../testing/devices.js';
import { inSandbox } from '../testing/sandbox.js';

describe('interfaces of a full kernel', () => {
  it('ours and those of iproute2 are the same to both readers', async () => {
    await compareBothWays([
      { ifname: 'v0.10', device: { kind: 'vlan', parent: BELOW, id: 10 }, words: 'vlan id 10' },
      { ifname: 'v0.4094', device: { kind: 'vlan', parent: BELOW, id: 4094 }, words: 'vlan id 4094' },
      { ifname: 'd0', device: { kind: 'dummy' }, words: 'dummy' },
      {
        ifname: 'g1',
        device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.1.1', key: 7, ttl: 64 },
        words: 'gre local 10.0.0.1 remote 10.0.1.1 key 7 ttl 64',
      },
      {
        ifname: 'g2',
        device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.1.1' },
        words: 'gre local 10.0.0.1 remote 10.0.1.1',
      },
      {
        ifname: 'b0',
        device: { kind: 'bond', mode: 'active-backup', miimonMs: 100 },
        words: 'bond mode active-backup miimon 100',
      },
      { ifname: 'b1', device: { kind: 'bond', mode: '802.3ad', miimonMs: 100 }, words: 'bond mode 802.3ad miimon 100' },
      { ifname: 'red', device: { kind: 'vrf', table: 100 }, words: 'vrf table 100' },
      { ifname: 'blue', device: { kind: 'vrf', table: 70_000 }, words: 'vrf table 70000' },
    ]);
  });

  it('a GRE tunnel takes other settings in place, a VLAN and a VRF do not', async () => {
    const seen = await inSandbox(({ netlink, ip, must }) => {
      const root = netlink.RtnetlinkSocket.open();
      const ends = { local: '10.0.0.1', remote: '10.0.0.2' };
      must(root, [
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 100 }, b: { ifname: 'v1' } }),
        netlink.newDevice({ ifname: 'g1', ifindex: 101, device: { kind: 'gre', ...ends, key: 7 } }),
        netlink.newDevice({ ifname: 'l1', ifindex: 102, device: { kind: 'vlan', parent: 100, id: 10 } }),
        netlink.newDevice({ ifname: 'r1', ifindex: 103, device: { kind: 'vrf', table: 100 } }),
        netlink.setDevice({ ifindex: 101, device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.9', ttl: 9 } }),
      ]);
      const codes = root
        .batchSync([
          netlink.setDevice({ ifindex: 102, device: { kind: 'vlan', parent: 100, id: 11 } }),
          netlink.setDevice({ ifindex: 103, device: { kind: 'vrf', table: 101 } }),
        ])
        .map((answer) => (answer.ok ? 'done' : answer.error.code));
      const data = (name: string) => ip('-d', 'link', 'show', name)[0].linkinfo.info_data;
      return { codes, gre: data('g1'), vlan: data('l1').id, vrf: data('r1').table };
    });
    expect(seen.gre).toMatchObject({ local: '10.0.0.1', remote: '10.0.0.9', ttl: 9 });
    expect(seen.gre.ikey ?? null).toBeNull();
    expect([seen.vlan, seen.vrf]).toEqual([10, 100]);
    expect(seen.codes[1]).toBe('EOPNOTSUPP');
  });

  it('pings from a VRF reach what is in its table only, and answers come to the socket that is bound to it', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      const lines = [
        'netns add r',
        'netns add a',
        'netns add b',
        '-n r link add red type vrf table 100',
        '-n r link add blue type vrf table 200',
        '-n r link set red up',
        '-n r link set blue up',
        'link add ra netns r type veth peer name eth0 netns a',
        'link add rb netns r type veth peer name eth0 netns b',
        '-n r link set ra master red up',
        '-n r link set rb master blue up',
        '-n r addr add 10.0.0.254/24 dev ra',
        '-n r addr add 10.0.0.254/24 dev rb',
        '-n a addr add 10.0.0.1/24 dev eth0',
        '-n b addr add 10.0.0.2/24 dev eth0',
        '-n a link set eth0 up',
        '-n b link set eth0 up',
      ];
      for (const line of lines) run('ip', ...line.split(' '));
      const r = netlink.openNamespace('r');
      const answered = async (device: string | undefined, destination: string) => {
        const socket = netlink.EchoSocket.open(r, 4, { first: 1, last: 9 }, device);
        const sent = socket.send({ destination, identifier: 1, sequence: 1 });
        if (!sent.ok) return sent.error.code;
        const deadline = performance.now() + 1500;
        const event = await until(() => {
          const [first] = socket.receive();
          return first?.kind ?? (performance.now() > deadline ? 'silence' : null);
        });
        socket.close();
        return event;
      };
      return {
        redA: await answered('red', '10.0.0.1'),
        redB: await answered('red', '10.0.0.2'),
        blueA: await answered('blue', '10.0.0.1'),
        blueB: await answered('blue', '10.0.0.2'),
        main: await answered(undefined, '10.0.0.1'),
      };
    });
    expect(seen.redA).toBe('reply');
    expect(seen.blueB).toBe('reply');
    expect(seen.redB).not.toBe('reply');
    expect(seen.blueA).not.toBe('reply');
    expect(seen.main).toBe('ENETUNREACH');
  });
});
