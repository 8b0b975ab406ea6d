import {
  type CidrNumber,
  cidrNumberOf,
  type Family,
  formatIp,
  type IpNumber,
  networkBounds,
} from '../addressing/ip-number.js';
import type { Ifname } from '../model/names.js';
import type { Interface, Node } from '../model/topology.js';
import { interfaceEntries } from '../model/topology-access.js';

/** An address of an interface with the bounds of its subnet. */
export interface ConnectedAddress extends CidrNumber {
  readonly text: string;
  readonly first: bigint;
  readonly last: bigint;
  /** Network in canonical text: `10.0.0.0/24`. */
  readonly subnet: string;
  /** The address alone, without prefix length. */
  readonly ip: string;
  /** Sorts by family, first number and prefix length, as text: comparing texts is faster than comparing big numbers. */
  readonly order: string;
}

const knownAddresses = new WeakMap<Interface, readonly ConnectedAddress[]>();

/** The addresses of an interface as numbers; worked out once per interface, which is immutable. */
export function addressesOf(iface: Interface): readonly ConnectedAddress[] {
  const known = knownAddresses.get(iface);
  if (known !== undefined) return known;
  const made = iface.addresses.map((text): ConnectedAddress => {
    const address = cidrNumberOf(text);
    const { first, last } = networkBounds(address);
    const { family, prefix } = address;
    return {
      ...address,
      text,
      first,
      last,
      subnet: `${formatIp(family, first)}/${prefix}`,
      ip: text.slice(0, text.indexOf('/')),
      order: `${family} ${first.toString(16).padStart(32, '0')} ${String(prefix).padStart(3, '0')}`,
    };
  });
  knownAddresses.set(iface, made);
  return made;
}

/** All addresses of a node with their interfaces. */
export function connectedAddresses(
  node: Node,
): readonly { readonly ifname: Ifname; readonly address: ConnectedAddress }[] {
  return interfaceEntries(node).flatMap(([ifname, iface]) =>
    addressesOf(iface).map((address) => ({ ifname, address })),
  );
}

/** Whether a number lies in the subnet of an address. */
export function contains(subnet: ConnectedAddress, ip: IpNumber): boolean {
  return subnet.family === ip.family && subnet.first <= ip.value && ip.value <= subnet.last;
}

/** Whether an interface that is up has an IPv6 link-local subnet of its own (fe80::/10), and the address lies there. */
export function isLinkLocal(ip: IpNumber): boolean {
  return ip.family === 6 && ip.value >> 118n === 0xfe80n >> 6n;
}

/** Whether IPv6 is used on an interface by the document. */
export function hasFamily(iface: Interface, family: Family): boolean {
  return addressesOf(iface).some((address) => address.family === family);
}
