import { expect, it } from 'vitest';
import { inSandbox } from '../testing/sandbox.js';

it('VLANs of bridge ports are set, changed, taken away and read as bridge(8) sees them', async () => {
  const seen = await inSandbox(({ netlink, must, run }) => {
    const socket = netlink.RtnetlinkSocket.open();
    must(socket, [
      netlink.newBridge({ ifname: 'br0', ifindex: 80, up: true }),
      netlink.newVeth({ a: { ifname: 'p1', ifindex: 81 }, b: { ifname: 'q1' } }),
      netlink.setLink({ ifindex: 81, master: 80, up: true }),
    ]);
    const look = () => ({
      ours: socket.portVlans().find(({ ifindex }) => ifindex === 81)?.vlans,
      theirs: JSON.parse(run('bridge', '-j', 'vlan', 'show', 'dev', 'p1'))[0].vlans,
      filtering: socket.links({ ifindex: 80 })[0]?.vlanFiltering,
    });
    const before = look();
    must(socket, [
      netlink.setBridge({
        ifindex: 80,
        vlanFiltering: true,
        stp: true,
        forwardDelaySeconds: 2,
        helloTimeSeconds: 1,
        maxAgeSeconds: 6,
      }),
      netlink.addPortVlans({ ifindex: 81, vlans: [{ id: 10, pvid: true, untagged: true }, { id: 20 }] }),
      netlink.deletePortVlans({ ifindex: 81, ids: [1] }),
    ]);
    const [bridge] = JSON.parse(run('ip', '-j', '-d', 'link', 'show', 'br0'));
    return { before, after: look(), bridge: bridge.linkinfo.info_data };
  });
  expect(seen.before.ours).toEqual([{ id: 1, pvid: true, untagged: true }]);
  expect(seen.before.filtering).toBe(false);
  expect(seen.after.filtering).toBe(true);
  expect(seen.after.ours).toEqual([
    { id: 10, pvid: true, untagged: true },
    { id: 20, pvid: false, untagged: false },
  ]);
  expect(seen.after.theirs).toEqual([{ vlan: 10, flags: ['PVID', 'Egress Untagged'] }, { vlan: 20 }]);
  expect(seen.bridge).toMatchObject({
    stp_state: 1,
    forward_delay: 200,
    hello_time: 100,
    max_age: 600,
    vlan_filtering: 1,
  });
});
