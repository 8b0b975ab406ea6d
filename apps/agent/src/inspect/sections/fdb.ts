import type { LiveFdbEntry, LiveList } from '@vethlab/protocol';
import { bounded, byText } from '../bounded.js';
import type { LookContext } from '../look-context.js';

/** Forwarding tables of bridges. Multicast addresses that interfaces listen to by themselves (`self`) are left out. */
export function readFdb(look: LookContext): LiveList<LiveFdbEntry> {
  if (!look.links.some((link) => link.kind === 'bridge')) return bounded([]);
  const found = look.namespace.socket.fdb().filter(({ self, master }) => !self || master !== null);
  // Learned entries first: the others are the ports' own addresses.
  found.sort((a, b) => byText(a.state, b.state) || a.ifindex - b.ifindex || byText(a.mac, b.mac));
  return bounded(
    found.map((entry) => ({
      mac: entry.mac,
      ifname: look.nameOf(entry.ifindex),
      bridge: entry.master === null ? null : look.nameOf(entry.master),
      vlan: entry.vlan,
      state: entry.state,
    })),
  );
}
