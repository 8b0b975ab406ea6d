import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('interfaces', () => {
  it('that we make are read by iproute2 as they were asked for', async () => {
    const seen = await inSandbox(({ netlink, must, ipIn }) => {
      const a = netlink.createNamespace('a');
      const b = netlink.createNamespace('b');
      const root = netlink.RtnetlinkSocket.open();
      const end = { ifname: 'eth0', ifindex: 10, namespaceFd: a.fd, mtu: 1400, mac: '02:00:00:00:00:0a' };
      const peer = { ifname: 'eth9', ifindex: 19, namespaceFd: b.fd, mtu: 1410, mac: '02:00:00:00:00:0b' };
      must(root, [netlink.newVeth({ a: end, b: peer })]);
      const inA = netlink.RtnetlinkSocket.open(a);
      must(inA, [
        netlink.newBridge({ ifname: 'br0', ifindex: 5, mac: '02:00:00:00:00:05', up: true }),
        netlink.newBridge({ ifname: 'br1', stp: true }),
        netlink.setLink({ ifindex: 10, up: true, master: 5, newName: 'port0' }),
      ]);
      must(netlink.RtnetlinkSocket.open(b), [netlink.setLink({ ifname: 'eth9', up: true, mtu: 1300 })]);
      return { a: ipIn('a', '-d', 'link'), b: ipIn('b', '-d', 'link') };
    });
    const find = (list: { ifname: string }[], ifname: string) => list.find((link) => link.ifname === ifname);
    expect(find(seen.a, 'port0')).toMatchObject({
      ifindex: 10,
      mtu: 1400,
      address: '02:00:00:00:00:0a',
      master: 'br0',
      linkinfo: { info_kind: 'veth', info_slave_kind: 'bridge' },
    });
    expect(find(seen.a, 'br0')).toMatchObject({ ifindex: 5, linkinfo: { info_data: { stp_state: 0 } } });
    expect(find(seen.a, 'br1')).toMatchObject({ linkinfo: { info_data: { stp_state: 1 } } });
    expect(find(seen.b, 'eth9')).toMatchObject({ ifindex: 19, mtu: 1300, address: '02:00:00:00:00:0b' });
    expect((find(seen.b, 'eth9') as unknown as { flags: string[] }).flags).toContain('UP');
  });

  it('made with one queue work on the same queues as a pair that ip makes', async () => {
    const seen = await inSandbox(({ netlink, must, run, ip }) => {
      const root = netlink.RtnetlinkSocket.open();
      must(root, [netlink.newVeth({ a: { ifname: 'ours', queues: 1 }, b: { ifname: 'ours2', queues: 1 } })]);
      run('ip', 'link', 'add', 'theirs', 'type', 'veth', 'peer', 'name', 'theirs2');
      run('mount', '-t', 'sysfs', 'sysfs', '/sys');
      const queues = (name: string) => run('ls', `/sys/class/net/${name}/queues`).trim().split(/\s+/);
      const links = ip('-d', 'link') as { ifname: string; num_tx_queues: number; num_rx_queues: number }[];
      return {
        made: links
          .filter(({ ifname }) => ifname.startsWith('ours'))
          .map((link) => [link.num_tx_queues, link.num_rx_queues]),
        ours: [queues('ours'), queues('ours2')],
        theirs: [queues('theirs'), queues('theirs2')],
      };
    });
    expect(seen.made).toEqual([
      [1, 1],
      [1, 1],
    ]);
    expect(seen.ours).toEqual([
      ['rx-0', 'tx-0'],
      ['rx-0', 'tx-0'],
    ]);
    expect(seen.ours).toEqual(seen.theirs);
  });

  it('that iproute2 makes are read by us as iproute2 reads them', async () => {
    const seen = await inSandbox(async ({ netlink, run, ip, ipIn, until }) => {
      const lines = [
        'netns add a',
        'netns add b',
        'link add br0 netns a type bridge stp_state 1 forward_delay 200',
        'link add p0 netns a address 02:00:00:00:00:01 type veth peer name e0 netns b address 02:00:00:00:00:02',
        'link add p1 netns a mtu 1280 type veth peer name p2 netns a',
        '-n a link set p0 master br0 up',
        '-n a link set br0 up',
        '-n b link set e0 up',
        '-n a link property add dev p1 altname a-rather-long-alternative-name altname short',
        '-n a link set p1 alias made-by:somebody',
        'link add sp$(id)q type veth peer name __proto__',
      ];
      for (const line of lines) run('ip', ...line.split(' '));
      run('ip', 'netns', 'exec', 'a', 'ip', 'link', 'set', 'lo', 'up');
      const handle = netlink.openNamespace('a');
      const inA = netlink.RtnetlinkSocket.open(handle);
      // What follows a port's change comes a moment after it: both readers see the same only when all is settled.
      await until(() => inA.links({ ifname: 'p0' })[0]?.portState === 'forwarding');
      await until(() => inA.links({ ifname: 'br0' })[0]?.operstate === 'up');
      return {
        ours: inA.links({ statistics: true }).map((link) => ({ ...link })),
        theirs: ipIn('a', '-d', '-s', 'link'),
        hostile: netlink.RtnetlinkSocket.open()
          .links()
          .map((link) => link.ifname),
        theirHostile: ip('link').map((link: { ifname: string }) => link.ifname),
        byName: inA.links({ ifname: 'p1' }).map((link) => link.ifindex),
        byAltname: inA.links({ ifname: 'a-rather-long-alternative-name' }).map((link) => link.ifindex),
        byShortAltname: inA.links({ ifname: 'short' }).map((link) => link.ifindex),
        nobody: [inA.links({ ifname: 'nobody' }).length, inA.links({ ifindex: 4242 }).length],
      };
    });
    expect(seen.ours.length).toBe(seen.theirs.length);
    // biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
    for (const their of seen.theirs as any[]) {
      const our = seen.ours.find((link) => link.ifindex === their.ifindex);
      const ports = their.linkinfo?.info_slave_data;
      expect(our, their.ifname).toMatchObject({
        ifname: their.ifname,
        mtu: their.mtu,
        mac: their.address,
        operstate: their.operstate.toLowerCase(),
        up: their.flags.includes('UP'),
        carrier: their.flags.includes('LOWER_UP'),
        loopback: their.link_type === 'loopback',
        kind: their.linkinfo?.info_kind ?? null,
        portKind: their.linkinfo?.info_slave_kind ?? null,
        isPort: their.linkinfo?.info_slave_kind !== undefined,
        portState: ports === undefined ? null : ports.state,
        stp: their.linkinfo?.info_kind === 'bridge' ? their.linkinfo.info_data.stp_state === 1 : null,
        altnames: their.altnames ?? [],
        alias: their.ifalias ?? null,
        linkNetnsid: their.link_netnsid ?? null,
      });
      if (their.link_index !== undefined) expect(our?.linkIndex).toBe(their.link_index);
      const master = seen.ours.find((link) => link.ifindex === our?.master)?.ifname;
      expect(master).toBe(their.master);
      // Counters go on between the two readings.
      expect(our?.statistics?.rxBytes).toBeLessThanOrEqual(their.stats64.rx.bytes);
      expect(our?.statistics?.txPackets).toBeLessThanOrEqual(their.stats64.tx.packets);
    }
    expect(seen.hostile).toContain('sp$(id)q');
    expect(seen.hostile).toContain('__proto__');
    expect(seen.hostile.sort()).toEqual(seen.theirHostile.sort());
    expect(seen.byName).toHaveLength(1);
    expect(seen.byAltname).toEqual(seen.byName);
    expect(seen.byShortAltname).toEqual(seen.byName);
    expect(seen.nobody).toEqual([0, 0]);
  });

  it('take an alias, another one and none, as iproute2 reads it', async () => {
    const seen = await inSandbox(({ netlink, must, ip }) => {
      const root = netlink.RtnetlinkSocket.open();
      const aliases: unknown[] = [];
      for (const alias of ['vethlab:a-lab', 'é'.repeat(127), '']) {
        must(root, [netlink.setLink({ ifindex: 1, alias })]);
        aliases.push([root.links({ ifindex: 1 })[0]?.alias, ip('link', 'show', 'lo')[0].ifalias ?? null]);
      }
      return aliases;
    });
    expect(seen).toEqual([
      ['vethlab:a-lab', 'vethlab:a-lab'],
      ['é'.repeat(127), 'é'.repeat(127)],
      [null, null],
    ]);
  });

  it('change, leave their master and go, both ends of a pair together', async () => {
    const seen = await inSandbox(({ netlink, must, ip, ipIn }) => {
      const a = netlink.createNamespace('a');
      const root = netlink.RtnetlinkSocket.open();
      must(root, [
        netlink.newBridge({ ifname: 'br0', ifindex: 50 }),
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 60 }, b: { ifname: 'v1', ifindex: 61, namespaceFd: a.fd } }),
        netlink.setLink({ ifindex: 60, master: 50, up: true }),
      ]);
      const enslaved = root.links({ ifindex: 60 })[0];
      must(root, [netlink.setLink({ ifindex: 60, master: null, up: false, mac: '02:00:00:00:00:99', mtu: 9000 })]);
      const free = root.links({ ifindex: 60 })[0];
      const theirs = ip('link', 'show', 'v0')[0];
      must(root, [netlink.deleteLink({ ifname: 'v0' }), netlink.deleteLink({ ifindex: 50 })]);
      return {
        enslaved: { master: enslaved?.master, up: enslaved?.up },
        free: { master: free?.master, up: free?.up, mac: free?.mac, mtu: free?.mtu },
        theirs: { mtu: theirs.mtu, address: theirs.address, master: theirs.master ?? null },
        left: root.links().length,
        leftInA: ipIn('a', 'link').length,
      };
    });
    expect(seen).toEqual({
      enslaved: { master: 50, up: true },
      free: { master: null, up: false, mac: '02:00:00:00:00:99', mtu: 9000 },
      theirs: { mtu: 9000, address: '02:00:00:00:00:99', master: null },
      left: 1,
      leftInA: 1,
    });
  });

  it('count what passes, the cheap way and the full way alike', async () => {
    const seen = await inSandbox(async ({ netlink, run, must, ipIn, until }) => {
      const a = netlink.createNamespace('a');
      const inA = netlink.RtnetlinkSocket.open(a);
      must(inA, [
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 10 }, b: { ifname: 'v1', ifindex: 11 } }),
        netlink.setLink({ ifindex: 10, up: true }),
        netlink.setLink({ ifindex: 11, up: true }),
      ]);
      run('sysctl', '-qw', 'net.ipv6.conf.all.disable_ipv6=1');
      await until(() => (inA.counters().find((link) => link.ifindex === 10)?.txPackets ?? 0) > 3);
      // Both ends: IPv6 speaks of itself at its own pace, and all readers shall see the same.
      must(inA, [netlink.setLink({ ifindex: 10, up: false }), netlink.setLink({ ifindex: 11, up: false })]);
      const cheap = inA.counters();
      const full = inA.links({ statistics: true });
      return {
        cheap: cheap.map(({ ifindex, ...statistics }) => ({ ifindex, ...statistics })),
        full: full.map(({ ifindex, statistics }) => ({ ifindex, ...statistics })),
        theirs: ipIn('a', '-s', 'link'),
      };
    });
    expect(seen.cheap).toEqual(seen.full);
    // biome-ignore lint/suspicious/noExplicitAny: what iproute2 prints has no types.
    for (const their of seen.theirs as any[]) {
      expect(seen.cheap.find((link) => link.ifindex === their.ifindex)).toEqual({
        ifindex: their.ifindex,
        rxBytes: their.stats64.rx.bytes,
        rxPackets: their.stats64.rx.packets,
        rxErrors: their.stats64.rx.errors,
        rxDropped: their.stats64.rx.dropped,
        txBytes: their.stats64.tx.bytes,
        txPackets: their.stats64.tx.packets,
        txErrors: their.stats64.tx.errors,
        txDropped: their.stats64.tx.dropped,
      });
    }
  });
});
