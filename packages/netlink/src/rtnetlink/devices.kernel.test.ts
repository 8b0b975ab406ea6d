import { describe, expect, it } from 'vitest';
import { BELOW, compareBothWays } from '../testing/devices.js';
import { inSandbox } from '../testing/sandbox.js';

describe('interfaces that are no end of a pair', () => {
  it('VXLAN: ours and those of iproute2 are the same to both readers', async () => {
    await compareBothWays([
      { ifname: 'x0', device: { kind: 'vxlan', id: 1, port: 4789 }, words: 'vxlan id 1 dstport 4789' },
      {
        ifname: 'x1',
        device: { kind: 'vxlan', id: 42, local: '10.0.0.1', remote: '10.0.1.1', port: 4789, parent: BELOW },
        words: 'vxlan id 42 local 10.0.0.1 remote 10.0.1.1 dstport 4789 dev v0',
      },
      {
        ifname: 'x2',
        device: { kind: 'vxlan', id: 0xff_ffff, local: 'fd00::1', remote: 'fd00::2', port: 8472 },
        words: 'vxlan id 16777215 local fd00::1 remote fd00::2 dstport 8472',
      },
      {
        ifname: 'x3',
        device: { kind: 'vxlan', id: 9, remote: '239.1.1.1', port: 4789, parent: BELOW },
        words: 'vxlan id 9 group 239.1.1.1 dstport 4789 dev v0',
      },
    ]);
  });

  it('macvlan: ours and those of iproute2 are the same to both readers', async () => {
    const modes = ['private', 'vepa', 'bridge'] as const;
    await compareBothWays(
      modes.map((mode) => ({
        ifname: `m-${mode}`,
        device: { kind: 'macvlan', parent: BELOW, mode },
        words: `macvlan mode ${mode}`,
      })),
    );
    await compareBothWays([
      { ifname: 'm0', device: { kind: 'macvlan', parent: BELOW, mode: 'passthru' }, words: 'macvlan mode passthru' },
    ]);
  });

  it('take other settings in place, as far as their kind can', async () => {
    const seen = await inSandbox(({ netlink, ip, must }) => {
      const root = netlink.RtnetlinkSocket.open();
      must(root, [
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 100 }, b: { ifname: 'v1' } }),
        netlink.newDevice({ ifname: 'm0', ifindex: 101, device: { kind: 'macvlan', parent: 100, mode: 'bridge' } }),
        netlink.newDevice({ ifname: 'x0', ifindex: 102, device: { kind: 'vxlan', id: 5, port: 4789 } }),
        netlink.setDevice({ ifindex: 101, device: { kind: 'macvlan', parent: 100, mode: 'private' } }),
        netlink.setDevice({
          ifindex: 102,
          device: { kind: 'vxlan', id: 5, port: 4789, local: '10.0.0.1', remote: '10.0.0.2' },
        }),
      ]);
      const [refused] = root.batchSync([
        netlink.setDevice({ ifindex: 102, device: { kind: 'vxlan', id: 6, port: 4789 } }),
      ]);
      const data = (name: string) => ip('-d', 'link', 'show', name)[0].linkinfo.info_data;
      return { mode: data('m0').mode, vxlan: data('x0'), refused: refused?.ok === false ? refused.error.code : null };
    });
    expect(seen.mode).toBe('private');
    expect(seen.vxlan).toMatchObject({ id: 5, local: '10.0.0.1', remote: '10.0.0.2' });
    expect(seen.refused).toBe('EOPNOTSUPP');
  });

  it('go with the interface below', async () => {
    const left = await inSandbox(({ netlink, ip, must }) => {
      const root = netlink.RtnetlinkSocket.open();
      must(root, [
        netlink.newVeth({ a: { ifname: 'v0', ifindex: 100 }, b: { ifname: 'v1' } }),
        netlink.newDevice({ ifname: 'm0', device: { kind: 'macvlan', parent: 100, mode: 'bridge' } }),
        netlink.newDevice({ ifname: 'x0', device: { kind: 'vxlan', id: 5, port: 4789, parent: 100 } }),
        netlink.newDevice({ ifname: 'x1', device: { kind: 'vxlan', id: 6, port: 4789 } }),
        netlink.deleteLink({ ifname: 'v1' }),
      ]);
      return ip('link').map((link: { ifname: string }) => link.ifname);
    });
    expect(left).toEqual(['lo', 'x1']);
  });
});
