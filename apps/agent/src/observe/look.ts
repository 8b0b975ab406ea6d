import type { AddressMessage, LinkMessage, RouteMessage } from '@vethlab/netlink';
import type { ObservedAddress, ObservedInterface, ObservedNamespace, ObservedRoute } from '@vethlab/observed';
import type { LabNamespace } from '../kernel/namespaces.js';
import { Beside } from './beside.js';
import { listsByIndex } from './by-index.js';
import { deviceOf } from './device-of.js';
import { isShaping, shapingOf } from './shaping.js';

/** The table that `ip route` speaks of without a word about tables (RT_TABLE_MAIN). */
export const mainTable = 254;
/** Route protocols of rtnetlink(7) that nobody asked for: the kernel itself, and router advertisements. */
export const madeByKernel: ReadonlySet<number> = new Set([2, 9]);

/** Root qdiscs that interfaces have by themselves (net/sched/sch_generic.c, net.core.default_qdisc). */
const untouchedQdiscs: ReadonlySet<string> = new Set([
  'noqueue',
  'noop',
  'pfifo_fast',
  'mq',
  'fq_codel',
  'pfifo',
  'fq',
]);

/** Where the other end of a veth is, in the kernel's terms: resolved to names by `Peers`. */
export interface VethEnd {
  readonly ifindex: number;
  readonly peerIfindex: number;
  /** Number of the peer's namespace as seen from this one; null when it is this one. */
  readonly peerNsid: number | null;
}

/** Any namespace that a socket is open in. */
export type LookedInto = Pick<LabNamespace, 'socket'>;

/** One fresh look at an interface. It has no peer yet. */
export interface InterfaceLook {
  readonly observed: ObservedInterface;
  readonly veth: VethEnd | null;
}

/** Finds the name of an interface of the same namespace, such as a bridge's; null when there is none with this index. */
export type NameLookup = (ifindex: number) => string | null;

/** Reads all interfaces at once: a tenth of a millisecond for a host, but some 30 ms for a thousand interfaces. */
export function lookAtInterfaces({ socket }: LookedInto): InterfaceLook[] {
  const links = socket.links();
  const names = new Map(links.map((link) => [link.ifindex, link.ifname]));
  const addresses = listsByIndex(socket.addresses());
  const beside = new Beside({ socket }, { links });
  const nameOf = (ifindex: number) => names.get(ifindex) ?? null;
  return links.map((link) => lookOf(link, addresses.get(link.ifindex) ?? [], beside, nameOf));
}

/** Reads one interface: some 20 µs. Null when it is gone. */
export function lookAtInterface(
  { socket }: LookedInto,
  ifindex: number,
  nameOf: NameLookup,
  beside: Beside,
): InterfaceLook | null {
  const [link] = socket.links({ ifindex });
  return link === undefined ? null : lookOf(link, socket.addresses({ ifindex }), beside, nameOf);
}

/** Indexes of all interfaces, by the cheapest dump there is. */
export function indexesOf({ socket }: LookedInto): number[] {
  return socket.counters().map(({ ifindex }) => ifindex);
}

export function lookAtForwarding({ socket }: LookedInto): ObservedNamespace['forwarding'] {
  const { ipv4, ipv6 } = socket.netconf();
  return { ipv4: ipv4.forwarding, ipv6: ipv6.forwarding };
}

/**
 * The routes through one interface, or all of them. Of one the kernel picks them out itself: some 0.1 ms in a router of a thousand
 * interfaces, where all are milliseconds, most of them its own connected routes.
 *
 * @param tables those of the namespace's VRFs, beside the main one
 */
export function lookAtRoutes(
  { socket }: LookedInto,
  nameOf: NameLookup,
  tables: readonly number[],
  ifindex?: number,
): ObservedRoute[] {
  const query = (table: number) => (ifindex === undefined ? { table } : { table, ifindex });
  const main = observedRoutes(socket.routes(query(mainTable)), nameOf);
  const others = tables.map((table) =>
    observedRoutes(socket.routes(query(table)), nameOf).map((route) => ({ ...route, table })),
  );
  return [...main, ...others.flat()];
}

/** The tables of the VRFs among these interfaces, each once. */
export function vrfTablesOf(interfaces: Iterable<ObservedInterface | null>): readonly number[] {
  const tables = new Set<number>();
  for (const found of interfaces) {
    const device = found?.device;
    if (device?.kind === 'vrf' && device.table !== mainTable) tables.add(device.table);
  }
  return [...tables].sort((a, b) => a - b);
}

function lookOf(
  link: LinkMessage,
  addresses: readonly AddressMessage[],
  beside: Beside,
  nameOf: NameLookup,
): InterfaceLook {
  return {
    observed: interfaceOf(link, addresses, beside, nameOf),
    veth:
      link.kind === 'veth'
        ? { ifindex: link.ifindex, peerIfindex: link.linkIndex ?? 0, peerNsid: link.linkNetnsid }
        : null,
  };
}

function interfaceOf(
  link: LinkMessage,
  addresses: readonly AddressMessage[],
  beside: Beside,
  nameOf: NameLookup,
): ObservedInterface {
  const qdisc = isShaping(link.qdisc) ? beside.rootQdisc(link.ifindex) : undefined;
  const shaping = qdisc === undefined ? undefined : shapingOf(qdisc, beside.qdiscsBelow(qdisc));
  const device = deviceOf(link, nameOf);
  const vlans = beside.vlansOf(link);
  const ingress = beside.ingressOf(link.ifindex);
  return {
    ifname: link.ifname,
    ifindex: link.ifindex,
    type: link.loopback ? 'loopback' : (link.kind ?? 'other'),
    up: link.up,
    carrier: link.carrier,
    operstate: link.operstate,
    mtu: link.mtu,
    mac: link.mac,
    master: link.master === null ? null : nameOf(link.master),
    portState: link.portState,
    peer: null,
    ...(link.qdisc === null || untouchedQdiscs.has(link.qdisc) ? {} : { qdisc: link.qdisc }),
    ...(shaping === undefined ? {} : { shaping }),
    ...(ingress === undefined ? {} : { ingress }),
    ...(device === null ? {} : { device }),
    ...(link.stp === true ? { stp: true } : {}),
    ...(link.vlanFiltering === true ? { vlanFiltering: true } : {}),
    ...(vlans === undefined ? {} : { vlans }),
    addresses: addresses.map((address) => addressOf(address, link.loopback)),
  };
}

function addressOf(message: AddressMessage, loopback: boolean): ObservedAddress {
  return {
    address: `${message.address}/${message.prefixLength}`,
    scope: message.scope,
    // The kernel marks what it makes since 5.18 (IFA_PROTO), except the loopback's own addresses.
    kernelMade: message.protocol !== null || (loopback && message.scope === 'host'),
    tentative: message.tentative,
    dadFailed: message.dadFailed,
  };
}

function observedRoutes(messages: readonly RouteMessage[], nameOf: NameLookup): ObservedRoute[] {
  const routes: ObservedRoute[] = [];
  for (const message of messages) {
    if (message.type !== 'unicast') continue;
    if (madeByKernel.has(message.protocol)) continue;
    routes.push({
      family: message.family,
      to: message.dst === null ? 'default' : `${message.dst}/${message.prefixLength}`,
      via: message.gateway,
      dev: message.oif === null ? null : nameOf(message.oif),
      metric: message.metric,
      protocol: message.protocol,
      linkDown: message.linkdown,
    });
  }
  return routes;
}
