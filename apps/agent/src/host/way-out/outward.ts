import type { RouteMessage, RtnetlinkSocket } from '@vethlab/netlink';

/** How the machine itself reaches the world. */
export interface Outward {
  /** Interfaces of its default routes. */
  readonly interfaces: readonly { readonly ifname: string; readonly mtu: number }[];
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

const MAIN_TABLE = 254;

/** From its default routes, as they are now. */
export function outwardOf(socket: RtnetlinkSocket): Outward {
  const defaults = socket
    .routes({ table: MAIN_TABLE })
    .filter(({ dst, type, dead }) => dst === null && type === 'unicast' && !dead);
  const ifindexes = new Set(defaults.flatMap(interfacesOf));
  const interfaces = socket
    .links()
    .filter(({ ifindex }) => ifindexes.has(ifindex))
    .map(({ ifname, mtu }) => ({ ifname, mtu }));
  return {
    interfaces,
    ipv4: defaults.some(({ family }) => family === 4),
    ipv6: defaults.some(({ family }) => family === 6),
  };
}

function interfacesOf({ oif, nexthops }: RouteMessage): number[] {
  return [oif, ...nexthops.map((hop) => hop.oif)].filter((one) => one !== null);
}
