import type { Cidr, EndpointText, NodeName } from '../model/names.js';
import type { Link, NodeKind, Topology } from '../model/topology.js';
import { interfaceOf, nodeOf } from '../model/topology-access.js';
import { usableBounds } from '../model/unusable-addresses.js';
import { bondOf } from '../validation/check-devices.js';
import { addressesOf, type ConnectedAddress, isLinkLocal } from '../validation/connected-subnets.js';
import { spokenFor } from './gateways.js';
import { cidrNumberOf, type Family } from './ip-number.js';
import { segmentOf } from './segments.js';
import { cidrText, nextFreeSubnet } from './subnets.js';

/** Where routers and ways out begin to take addresses, counted from the first usable one: .254 of a /24, as is the custom. */
const routerOffset = 253n;

/**
 * The next free address of the subnet on an interface's segment (through switches, too): the lowest for a host, .254 and
 * downwards for a router. Null when there is no such subnet, when it is full, or when the interface is a switch's port.
 */
export function nextFreeAddress(topology: Topology, node: NodeName, ifname: string, family: Family = 4): Cidr | null {
  const kind = nodeOf(topology, node)?.kind;
  if (kind === undefined || kind === 'switch') return null;
  const members = segmentOf(topology, node, ifname);
  const addresses = addressesAt(topology, members, family);
  const subnet = addresses[0];
  if (subnet === undefined) return null;
  const used = new Set(addresses.map(({ value }) => value));
  const isGateway = spokenFor(topology, members.map(nodeNameOf));
  return freeAddressIn(subnet, kind, (value) => used.has(value) || isGateway(node, value));
}

/**
 * Addresses for the two ends of a link, there already or about to be made: of the subnet that its segment has, or of the
 * next free one. Null for an end that has an address of this family, and for a port of a switch.
 */
export function proposeLinkAddresses(
  topology: Topology,
  link: Pick<Link, 'endpoints'>,
  family: Family = 4,
): { readonly from: Cidr | null; readonly to: Cidr | null } {
  const ends = link.endpoints.map((endpoint) => {
    const colon = endpoint.indexOf(':');
    return { node: endpoint.slice(0, colon), ifname: endpoint.slice(colon + 1) };
  });
  const members = new Set(ends.flatMap(({ node, ifname }) => segmentOf(topology, node, ifname)));
  const present = addressesAt(topology, [...members], family);
  const fresh = present.length > 0 ? null : nextFreeSubnet(topology, family);
  const subnet = present[0] ?? (fresh === null ? undefined : cidrNumberOf(fresh));
  const used = new Set(present.map(({ value }) => value));
  const isGateway = spokenFor(topology, [...[...members].map(nodeNameOf), ...ends.map(({ node }) => node)]);
  const [from, to] = ends.map(({ node, ifname }) => {
    const kind = nodeOf(topology, node)?.kind;
    const iface = interfaceOf(topology, node, ifname);
    if (subnet === undefined || kind === undefined || kind === 'switch') return null;
    const record = nodeOf(topology, node);
    if (record !== null && bondOf(record, ifname) !== null) return null;
    if (iface !== null && addressesOf(iface).some((address) => address.family === family)) return null;
    const address = freeAddressIn(subnet, kind, (value) => used.has(value) || isGateway(node, value));
    if (address !== null) used.add(cidrNumberOf(address).value);
    return address;
  });
  return { from: from ?? null, to: to ?? null };
}

/** Addresses of a family on these endpoints, link-local ones and single host addresses left out. */
export function addressesAt(
  topology: Topology,
  endpoints: readonly EndpointText[],
  family: Family,
): readonly ConnectedAddress[] {
  return endpoints.flatMap((endpoint) => {
    const colon = endpoint.indexOf(':');
    const iface = interfaceOf(topology, endpoint.slice(0, colon), endpoint.slice(colon + 1));
    if (iface === null) return [];
    return addressesOf(iface).filter(
      (address) => address.family === family && address.first !== address.last && !isLinkLocal(address),
    );
  });
}

/** A free address of a subnet for a node of a kind; null when the subnet is full. */
export function freeAddressIn(
  subnet: { readonly family: Family; readonly value: bigint; readonly prefix: number },
  kind: NodeKind,
  isTaken: (value: bigint) => boolean,
): Cidr | null {
  const { first, last } = usableBounds(subnet);
  const top = first + routerOffset < last ? first + routerOffset : last;
  if (kind === 'router' || kind === 'internet') {
    for (let value = top; value >= first; value -= 1n) {
      if (!isTaken(value)) return cidrText(subnet.family, value, subnet.prefix);
    }
  }
  for (let value = first; value <= last; value += 1n) {
    if (!isTaken(value)) return cidrText(subnet.family, value, subnet.prefix);
  }
  return null;
}

/** Name of the node of an endpoint. */
export function nodeNameOf(endpoint: EndpointText): string {
  return endpoint.slice(0, endpoint.indexOf(':'));
}
