import type { LiveList, LiveNeighbour } from '@vethlab/protocol';
import { bounded, byText } from '../bounded.js';
import type { LookContext } from '../look-context.js';

/** ARP and NDP. Entries that need no resolving (`noarp`: multicast, loopback) are left out, as `ip neigh` leaves them out. */
export function readNeighbours(look: LookContext): LiveList<LiveNeighbour> {
  const found = look.namespace.socket.neighbours().filter(({ state }) => state !== 'noarp' && state !== 'none');
  // The kernel tells them in the order of a hash table, which changes by itself.
  found.sort((a, b) => a.family - b.family || a.ifindex - b.ifindex || byText(a.address, b.address));
  return bounded(
    found.map((neighbour) => ({
      family: neighbour.family,
      address: neighbour.address,
      ifname: look.nameOf(neighbour.ifindex),
      mac: neighbour.mac,
      state: neighbour.state,
      router: neighbour.router,
    })),
  );
}
