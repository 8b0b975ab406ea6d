import type { NamespaceHandle, RtnetlinkSocket } from '@vethlab/netlink';
import type { VethEnd } from '../observe/look.js';

/** A namespace that was read, held open so that others can be asked what number they have for it. */
export interface LookedAt {
  readonly label: string;
  readonly handle: NamespaceHandle;
  readonly socket: RtnetlinkSocket;
  readonly veths: readonly (VethEnd & { readonly ifname: string })[];
}

export interface Peer {
  readonly namespace: string;
  readonly ifname: string;
}

/**
 * The other end of every veth, by namespace and interface. On a machine indexes repeat from namespace to namespace, so each end must
 * name the other: by index, and by the number that its namespace has for the other's.
 */
export function findPeers(all: readonly LookedAt[]): ReadonlyMap<string, ReadonlyMap<string, Peer>> {
  const withVeths = all.filter(({ veths }) => veths.length > 0);
  const numbers = new Map(withVeths.map((one) => [one.label, numbersIn(one, withVeths)]));
  return new Map(
    withVeths.map((one) => [
      one.label,
      new Map(
        one.veths.flatMap((end): [string, Peer][] => {
          const place = end.peerNsid === null ? one : numbers.get(one.label)?.get(end.peerNsid);
          const other = place?.veths.find(
            (candidate) => candidate.ifindex === end.peerIfindex && candidate.peerIfindex === end.ifindex,
          );
          if (place === undefined || other === undefined) return [];
          return [[end.ifname, { namespace: place.label, ifname: other.ifname }]];
        }),
      ),
    ]),
  );
}

/** Which namespaces the numbers of one stand for. */
function numbersIn({ socket, veths, label }: LookedAt, all: readonly LookedAt[]): ReadonlyMap<number, LookedAt> {
  const wanted = new Set(veths.flatMap(({ peerNsid }) => (peerNsid === null ? [] : [peerNsid])));
  const found = new Map<number, LookedAt>();
  for (const other of all) {
    if (found.size === wanted.size) break;
    if (other.label === label) continue;
    const nsid = socket.nsidOf(other.handle.fd);
    if (nsid !== null && wanted.has(nsid)) found.set(nsid, other);
  }
  return found;
}
