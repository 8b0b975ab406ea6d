import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('questions', () => {
  it('about a thousand interfaces are answered in full', async () => {
    const seen = await inSandbox(async ({ netlink, ipIn }) => {
      const many = netlink.createNamespace('many');
      const socket = netlink.RtnetlinkSocket.open(many);
      const requests = Array.from({ length: 500 }, (_, index) =>
        netlink.newVeth({ a: { ifname: `a${index}` }, b: { ifname: `b${index}` } }),
      );
      const failed = (await socket.batch(requests)).filter((answer) => !answer.ok).length;
      const addresses = socket
        .links()
        .map((link, index) =>
          netlink.newAddress({ ifindex: link.ifindex, address: `10.0.${index >> 8}.${index & 255}`, prefixLength: 32 }),
        );
      await socket.batch(addresses);
      return {
        failed,
        ours: socket.links().map((link) => link.ifindex),
        theirs: ipIn('many', 'link').map((link: { ifindex: number }) => link.ifindex),
        counters: socket.counters().length,
        addresses: new Set(socket.addresses({ family: 4 }).map((address) => address.address)).size,
      };
    });
    expect(seen.failed).toBe(0);
    expect(seen.ours).toHaveLength(1001);
    expect(seen.ours).toEqual(seen.theirs);
    expect(seen.counters).toBe(1001);
    expect(seen.addresses).toBe(1001);
  });

  it('about neighbours no longer name one that was forgotten', async () => {
    const seen = await inSandbox(async ({ netlink, ipIn, run }) => {
      const socket = netlink.RtnetlinkSocket.open(netlink.createNamespace('one'));
      socket.batchSync([
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 10 }, b: { ifname: 'v1', ifindex: 11 } }),
        // Both: without carrier the kernel forgets neighbours by itself, a moment later.
        netlink.setLink({ ifindex: 11, up: true }),
        netlink.setLink({ ifindex: 10, up: true }),
        netlink.newAddress({ ifindex: 10, address: '10.0.0.1', prefixLength: 24 }),
      ]);
      run('ip', '-n', 'one', 'neigh', 'add', '10.0.0.66', 'lladdr', '02:00:00:00:00:66', 'dev', 'v0', 'nud', 'stale');
      const before = socket.neighbours({ family: 4 }).map((neighbour) => neighbour.address);
      const [first] = socket.batchSync([netlink.deleteNeighbour({ ifindex: 10, address: '10.0.0.66' })]);
      return {
        before,
        ok: first?.ok,
        after: socket.neighbours({ family: 4 }).length,
        theirs: ipIn('one', 'neigh').length,
      };
    });
    expect(seen.before).toContain('10.0.0.66');
    expect(seen).toMatchObject({ ok: true, after: 0, theirs: 0 });
  });

  it('whose answers are larger than the memory for them are asked again with more', async () => {
    const seen = await inSandbox(async ({ netlink, internal }) => {
      const { inbox } = (await internal('./rtnetlink/inbox.js')) as typeof import('./inbox.js');
      const { frameOf } = (await internal('./rtnetlink/codec/frame.js')) as typeof import('./codec/frame.js');
      const many = netlink.RtnetlinkSocket.open(netlink.createNamespace('many'));
      const requests = Array.from({ length: 60 }, (_, index) => netlink.newBridge({ ifname: `br${index}` }));
      const shrink = () => {
        inbox.frame = frameOf(Buffer.alloc(128));
      };
      shrink();
      const made = many.batchSync(requests).filter((answer) => answer.ok).length;
      shrink();
      const dumped = many.links().length;
      const grown = inbox.frame.bytes.length;
      shrink();
      const one = many.links({ ifname: 'br7' }).map(({ ifname }) => ifname);
      return { made, dumped, one, grown };
    });
    expect(seen).toMatchObject({ made: 60, dumped: 61, one: ['br7'] });
    expect(seen.grown).toBeGreaterThan(128);
  });

  it('about a list that keeps changing have everything that was there all the time, once', async () => {
    const seen = await inSandbox(async ({ netlink }) => {
      const many = netlink.createNamespace('many');
      const peers = netlink.createNamespace('peers');
      const changer = netlink.RtnetlinkSocket.open(many);
      const reader = netlink.RtnetlinkSocket.open(many);
      const pairs = (from: number, count: number) =>
        Array.from({ length: count }, (_, index) =>
          netlink.newVeth({
            a: { ifname: `v${from + index}`, ifindex: from + index },
            b: { ifname: `p${from + index}`, ifindex: 10_000 + from + index, namespaceFd: peers.fd },
          }),
        );
      await changer.batch(pairs(1000, 100));
      const removals = Array.from({ length: 100 }, (_, index) => netlink.deleteLink({ ifindex: 2000 + index }));
      let over = false;
      const changes = changer.batch([...pairs(2000, 100), ...removals]).finally(() => {
        over = true;
      });
      let readings = 0;
      let wrong = 0;
      while (!over) {
        const links = reader.links().map(({ ifindex }) => ifindex);
        const counted = reader.counters().map(({ ifindex }) => ifindex);
        for (const list of [links, counted]) {
          readings++;
          const lasting = list.filter((ifindex) => ifindex >= 1000 && ifindex < 1100);
          if (lasting.length !== 100 || new Set(list).size !== list.length) wrong++;
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
      const refused = (await changes).filter((answer) => !answer.ok).length;
      return { enough: readings > 10, wrong, refused, left: reader.links().length };
    });
    expect(seen).toEqual({ enough: true, wrong: 0, refused: 0, left: 101 });
  });

  it('about numbers of namespaces and about forwarding agree with iproute2', async () => {
    const seen = await inSandbox(({ netlink, ip, ipIn, run }) => {
      const a = netlink.createNamespace('a');
      const b = netlink.createNamespace('b');
      const root = netlink.RtnetlinkSocket.open();
      const before = root.nsidOf(a.fd);
      root.setNsid(a.fd, 7);
      run('ip', 'netns', 'set', 'b', '9');
      const codes: string[] = [];
      for (const [fd, nsid] of [
        [a.fd, 8],
        [b.fd, 7],
      ] as const) {
        try {
          root.setNsid(fd, nsid);
        } catch (error) {
          codes.push((error as { code: string }).code);
        }
      }
      const inA = netlink.RtnetlinkSocket.open(a);
      const off = inA.netconf();
      netlink.writeSysctls(a, [
        { key: 'net.ipv4.ip_forward', value: '1' },
        { key: 'net.ipv6.conf.all.forwarding', value: '1' },
      ]);
      const all = (family: string) =>
        ipIn('a', family, 'netconf').find((entry: { interface: string }) => entry.interface === 'all').forwarding;
      return {
        before,
        nsids: [root.nsidOf(a.fd), root.nsidOf(b.fd)],
        listed: root.nsids().sort(),
        theirs: ip('netns', 'list-id')
          .map((entry: { nsid: number }) => entry.nsid)
          .sort(),
        codes,
        off,
        on: inA.netconf(),
        theirForwarding: [all('-4'), all('-6')],
        outside: root.netconf().ipv4.forwarding,
      };
    });
    expect(seen).toMatchObject({ before: null, nsids: [7, 9], codes: ['EEXIST', 'EEXIST'], outside: false });
    expect(seen.listed).toEqual(seen.theirs);
    expect(seen.off).toEqual({ ipv4: { forwarding: false }, ipv6: { forwarding: false } });
    expect(seen.on).toEqual({ ipv4: { forwarding: true }, ipv6: { forwarding: true } });
    expect(seen.theirForwarding).toEqual([true, true]);
  });
});
