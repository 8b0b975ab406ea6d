import { describe, expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

describe('an emulated network', () => {
  it('is made and changed in place, with nothing left of what it is not told of, as tc sees it', async () => {
    const seen = await inSandbox(({ netlink, must, run }) => {
      const tc = () => JSON.parse(run('tc', '-j', 'qdisc', 'show', 'dev', 'eth0'))[0];
      const socket = netlink.RtnetlinkSocket.open();
      must(socket, [netlink.newVeth({ a: { ifname: 'eth0', ifindex: 90 }, b: { ifname: 'eth1' } })]);
      const look = () => ({ ours: socket.qdiscs({ ifindex: 90 })[0], theirs: tc() });
      const all = {
        ifindex: 90,
        delayNs: 20_000_000,
        jitterNs: 5_000_000,
        loss: 0.1,
        duplicate: 0.01,
        reorder: 0.25,
        corrupt: 0.001,
        rateBitsPerSecond: 80_000_000_000,
        limitPackets: 500,
      };
      must(socket, [netlink.emulateNetwork(all)]);
      const first = look();
      must(socket, [netlink.emulateNetwork({ ifindex: 90, loss: 1, limitPackets: 1000 })]);
      return { first, second: look() };
    });
    const { ours, theirs } = seen.first;
    expect(theirs).toMatchObject({
      kind: 'netem',
      root: true,
      options: {
        limit: 500,
        delay: { delay: 0.02, jitter: 0.005, correlation: 0 },
        'loss-random': { loss: 0.1 },
        duplicate: { duplicate: 0.01 },
        reorder: { reorder: 0.25 },
        corrupt: { corrupt: 0.001 },
        rate: { rate: 10_000_000_000 },
        gap: 1,
      },
    });
    expect(ours?.settings).toMatchObject({
      kind: 'netem',
      delayNs: 20_000_000,
      jitterNs: 5_000_000,
      rateBytesPerSecond: 10_000_000_000,
      limitPackets: 500,
      gap: 1,
      others: [],
    });
    const shares = ours?.settings?.kind === 'netem' ? ours.settings : null;
    expect(shares?.loss).toBeCloseTo(0.1, 8);
    expect(shares?.duplicate).toBeCloseTo(0.01, 8);
    expect(shares?.reorder).toBeCloseTo(0.25, 8);
    expect(shares?.corrupt).toBeCloseTo(0.001, 8);
    expect(seen.second.ours?.handle).toBe(ours?.handle);
    expect(seen.second.ours?.settings).toMatchObject({
      delayNs: 0,
      jitterNs: 0,
      loss: 1,
      duplicate: 0,
      corrupt: 0,
      rateBytesPerSecond: 0,
      limitPackets: 1000,
      gap: 0,
    });
    expect(Object.keys(seen.second.theirs.options)).not.toContain('corrupt');
  });

  it('that somebody typed is read, and what is beyond the plain settings is named', async () => {
    const seen = await inSandbox(({ netlink, run }) => {
      run('ip', 'link', 'add', 'eth0', 'type', 'veth', 'peer', 'name', 'eth1');
      const words = 'delay 20ms 5ms 25% loss 10% 5% rate 10mbit 20';
      run('tc', 'qdisc', 'replace', 'dev', 'eth0', 'root', 'netem', ...words.split(' '));
      const socket = netlink.RtnetlinkSocket.open();
      const [link] = socket.links({ ifname: 'eth0' });
      return socket.qdiscs({ ifindex: link?.ifindex ?? 0 })[0]?.settings;
    });
    expect(seen).toMatchObject({ delayNs: 20_000_000, jitterNs: 5_000_000, rateBytesPerSecond: 1_250_000 });
    expect(seen?.kind === 'netem' ? seen.others : []).toEqual([
      'correlation of delay',
      'correlation of loss',
      'overhead of the rate',
    ]);
  });
});
