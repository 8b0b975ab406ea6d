import type { AddressMessage, LinkMessage, RouteMessage } from '@vethlab/netlink';
import type { ObservedAddress, ObservedInterface, ObservedNamespace, ObservedRoute } from '@vethlab/observed';
import type { LabNamespace } from '../kernel/namespaces.js';

/** The table that `ip route` speaks of without a word about tables (RT_TABLE_MAIN). */
const mainTable = 254;
/** Route protocols of rtnetlink(7) that nobody asked for: the kernel itself, and router advertisements. */
const madeByKernel: ReadonlySet<number> = new Set([2, 9]);

/** Where the other end of a veth is, in the kernel's terms: resolved to names by `Peers`. */
export interface VethEnd {
  readonly ifindex: number;
  readonly peerIfindex: number;
  /** Number of the peer's namespace as seen from this one; null when it is this one. */
  readonly peerNsid: number | null;
}

/** One fresh look at a namespace. `interfaces` have no peers yet. */
export interface NamespaceLook {
  readonly namespace: ObservedNamespace;
  readonly veths: ReadonlyMap<string, VethEnd>;
}

/** Reads everything of a namespace; a few milliseconds for a thousand interfaces, a tenth of one for a host. */
export function lookAtNamespace({ name, inode, socket }: LabNamespace): NamespaceLook {
  const links = socket.links();
  const names = new Map(links.map((link) => [link.ifindex, link.ifname]));
  const addresses = new Map<number, AddressMessage[]>();
  for (const address of socket.addresses()) {
    const list = addresses.get(address.ifindex);
    if (list === undefined) addresses.set(address.ifindex, [address]);
    else list.push(address);
  }
  const { ipv4, ipv6 } = socket.netconf();
  return {
    namespace: {
      name,
      inode,
      forwarding: { ipv4: ipv4.forwarding, ipv6: ipv6.forwarding },
      interfaces: Object.fromEntries(
        links.map((link) => [link.ifname, interfaceOf(link, names, addresses.get(link.ifindex) ?? [])]),
      ),
      routes: observedRoutes(socket.routes({ table: mainTable }), names),
    },
    veths: new Map(links.filter(isVeth).map((link) => [link.ifname, vethEndOf(link)])),
  };
}

function interfaceOf(
  link: LinkMessage,
  names: ReadonlyMap<number, string>,
  addresses: readonly AddressMessage[],
): ObservedInterface {
  return {
    ifname: link.ifname,
    ifindex: link.ifindex,
    type: link.loopback ? 'loopback' : (link.kind ?? 'other'),
    up: link.up,
    carrier: link.carrier,
    operstate: link.operstate,
    mtu: link.mtu,
    mac: link.mac,
    master: link.master === null ? null : (names.get(link.master) ?? null),
    portState: link.portState,
    peer: null,
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

function observedRoutes(messages: readonly RouteMessage[], names: ReadonlyMap<number, string>): ObservedRoute[] {
  const routes: ObservedRoute[] = [];
  for (const message of messages) {
    if (message.type !== 'unicast') continue;
    if (madeByKernel.has(message.protocol)) continue;
    routes.push({
      family: message.family,
      to: message.dst === null ? 'default' : `${message.dst}/${message.prefixLength}`,
      via: message.gateway,
      dev: message.oif === null ? null : (names.get(message.oif) ?? null),
      metric: message.metric,
      protocol: message.protocol,
      linkDown: message.linkdown,
    });
  }
  return routes;
}

function isVeth(link: LinkMessage): boolean {
  return link.kind === 'veth';
}

function vethEndOf(link: LinkMessage): VethEnd {
  return { ifindex: link.ifindex, peerIfindex: link.linkIndex ?? 0, peerNsid: link.linkNetnsid };
}
