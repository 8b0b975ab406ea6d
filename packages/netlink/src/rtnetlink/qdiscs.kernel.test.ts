import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('a token bucket', () => {
  it('is made, changed in place and taken away, as tc sees it', async () => {
    const seen = await inSandbox(({ netlink, must, run }) => {
      const tc = () => JSON.parse(run('tc', '-j', 'qdisc', 'show', 'dev', 'eth0'));
      const socket = netlink.RtnetlinkSocket.open();
      must(socket, [netlink.newVeth({ a: { ifname: 'eth0', ifindex: 90 }, b: { ifname: 'eth1' } })]);
      const limit = { ifindex: 90, rateBitsPerSecond: 10_000_000, burstBytes: 16_384, limitBytes: 78_884 };
      must(socket, [netlink.limitRate(limit)]);
      const first = { ours: socket.qdiscs({ ifindex: 90 }), theirs: tc() };
      must(socket, [netlink.limitRate({ ...limit, rateBitsPerSecond: 80_000_000_000, burstBytes: 10_000_000 })]);
      const second = { ours: socket.qdiscs({ ifindex: 90 }), theirs: tc() };
      must(socket, [netlink.deleteRootQdisc({ ifindex: 90 })]);
      return { first, second, none: socket.qdiscs({ ifindex: 90 }), all: socket.qdiscs().length };
    });
    const settings = { kind: 'tbf', rateBytesPerSecond: 1_250_000, peakRateBytesPerSecond: 0, limitBytes: 78_884 };
    expect(seen.first.ours).toMatchObject([{ ifindex: 90, parent: 0xffff_ffff, kind: 'tbf', settings }]);
    expect(seen.first.theirs).toMatchObject([{ kind: 'tbf', root: true, options: { rate: 1_250_000 } }]);
    const [ours] = seen.first.ours;
    const burst = ours?.settings?.kind === 'tbf' ? ours.settings.burstBytes : 0;
    expect(Math.abs(burst - seen.first.theirs[0].options.burst)).toBeLessThanOrEqual(1);
    expect(seen.second.ours).toMatchObject([{ settings: { rateBytesPerSecond: 10_000_000_000 } }]);
    expect(seen.second.theirs).toMatchObject([{ options: { rate: 10_000_000_000 } }]);
    // The same qdisc: a new one would have another handle.
    expect(seen.second.ours[0]?.handle).toBe(ours?.handle);
    expect(seen.none.filter(({ kind }) => kind === 'tbf')).toEqual([]);
    expect(seen.all).toBeGreaterThan(0);
  });

  it('that somebody typed is read as tc shows it', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1');
      run(
        'tc',
        'qdisc',
        'add',
        'dev',
        'eth0',
        'root',
        'handle',
        '7:',
        'tbf',
        ...'rate 1mbit burst 10kb latency 70ms'.split(' '),
        ...'peakrate 2mbit minburst 1540'.split(' '),
      );
      const socket = netlink.RtnetlinkSocket.open();
      const [link] = socket.links({ ifname: 'eth0' });
      return { ours: socket.qdiscs({ ifindex: link?.ifindex ?? 0 }), qdisc: link?.qdisc };
    });
    expect(seen.qdisc).toBe('tbf');
    expect(seen.ours).toMatchObject([
      { handle: 0x70000, settings: { rateBytesPerSecond: 125_000, peakRateBytesPerSecond: 250_000 } },
    ]);
  });
});

describe('a change of a qdisc', () => {
  it('is told by an event with its interface', async () => {
    const seen = await inSandbox(async ({ netlink, run, until }) => {
      run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1');
      const [link] = netlink.RtnetlinkSocket.open().links({ ifname: 'eth0' });
      const poller = new netlink.Poller();
      const events: { type: string; ifindex: number | null }[] = [];
      netlink.EventMonitor.open({ poller, onEvent: (event) => events.push(event), onLost: () => undefined });
      run('tc', 'qdisc', 'add', 'dev', 'eth0', 'root', 'tbf', ...'rate 1mbit burst 10kb latency 70ms'.split(' '));
      await until(() => events.some(({ type }) => type === 'new-qdisc'));
      run('tc', 'qdisc', 'del', 'dev', 'eth0', 'root');
      await until(() => events.some(({ type }) => type === 'del-qdisc'));
      return {
        ifindex: link?.ifindex,
        of: events.filter(({ type }) => type.endsWith('qdisc')).map((event) => event.ifindex),
      };
    });
    expect(new Set(seen.of)).toEqual(new Set([seen.ifindex]));
  });
});
