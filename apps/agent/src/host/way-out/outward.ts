import type { RouteMessage, RtnetlinkSocket, RuleMessage } from '@vethlab/netlink';
import { mainTable } from '../../observe/look.js';

/** How the machine itself reaches the world. */
export interface Outward {
  /** Interfaces of its default routes. */
  readonly interfaces: readonly { readonly ifname: string; readonly mtu: number }[];
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

/**
 * Routes to the whole world, or to half of it: that is how some VPNs outdo a default route without touching it. IPv6's part of the world that is in use is
 * an eighth (2000::/3).
 */
const widest = { 4: 1, 6: 3 } as const;

/** Rules that every namespace has: to local addresses, the main table, the default one (ip-rule(8)). */
const usualTables: ReadonlySet<number> = new Set([255, 254, 253]);

/** From its routes, as they are now. */
export function outwardOf(socket: RtnetlinkSocket): Outward {
  const wide = socket
    .routes({ table: mainTable })
    .filter(({ family, prefixLength, type, dead }) => prefixLength <= widest[family] && type === 'unicast' && !dead);
  const ifindexes = new Set(wide.flatMap(interfacesOf));
  const interfaces = socket
    .links()
    .filter(({ ifindex }) => ifindexes.has(ifindex))
    .map(({ ifname, mtu }) => ({ ifname, mtu }));
  return {
    interfaces,
    ipv4: wide.some(({ family }) => family === 4),
    ipv6: wide.some(({ family }) => family === 6),
  };
}

/** Whether where a packet goes depends on more than the main table: marks, sources, other tables (policy routing, some VPNs). */
export function hasPolicyRouting(socket: RtnetlinkSocket): boolean {
  return socket.rules().some((rule) => !isUsual(rule));
}

function isUsual(rule: RuleMessage): boolean {
  const { action, table, src, dst, iif, oif, fwmark, invert } = rule;
  const isForAll = [src, dst, iif, oif, fwmark].every((one) => one === null) && !invert;
  return action === 'table' && usualTables.has(table) && isForAll;
}

/** Names of the interfaces by which the machine reaches an address by its main table; empty: by none. */
export function waysTo(socket: RtnetlinkSocket, isIn: (route: RouteMessage) => boolean): readonly string[] {
  const routes = socket.routes({ table: mainTable }).filter((route) => route.type === 'unicast' && isIn(route));
  const longest = Math.max(...routes.map(({ prefixLength }) => prefixLength));
  const ifindexes = new Set(routes.filter(({ prefixLength }) => prefixLength === longest).flatMap(interfacesOf));
  return socket.links().flatMap(({ ifindex, ifname }) => (ifindexes.has(ifindex) ? [ifname] : []));
}

function interfacesOf({ oif, nexthops }: RouteMessage): number[] {
  return [oif, ...nexthops.map((hop) => hop.oif)].filter((one) => one !== null);
}
