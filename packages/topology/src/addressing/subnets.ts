import type { Cidr, IpAddress } from '../model/names.js';
import type { Topology } from '../model/topology.js';
import { usableBounds } from '../model/unusable-addresses.js';
import { vrfsOf } from '../model/vrfs.js';
import { addressesOf } from '../validation/connected-subnets.js';
import { bitsOf, cidrNumberOf, type Family, formatIp, networkBounds } from './ip-number.js';

/** The network of an address: `192.168.1.7/24` → `192.168.1.0/24`. */
export function subnetOf(cidr: Cidr): Cidr {
  const address = cidrNumberOf(cidr);
  return cidrText(address.family, networkBounds(address).first, address.prefix);
}

/** First and last address that an interface of the subnet can have. */
export function usableRange(cidr: Cidr): { readonly first: IpAddress; readonly last: IpAddress } {
  const address = cidrNumberOf(cidr);
  const { first, last } = usableBounds(address);
  return {
    first: formatIp(address.family, first) as IpAddress,
    last: formatIp(address.family, last) as IpAddress,
  };
}

/**
 * The first subnet that overlaps none of the lab's: 10.0.0.0/24, 10.0.1.0/24, … or fd00::/64, fd00:1::/64, …
 * Null when all are used. RFC 1918 and RFC 4193: private, so that a lab never shadows a public address.
 */
export function nextFreeSubnet(topology: Topology, family: Family): Cidr | null {
  return new SubnetPool(topology, family).next();
}

interface Bounds {
  readonly first: bigint;
  readonly last: bigint;
}

/** First and last number of the private range, and the distance from one proposed subnet to the next. */
const pools: Record<Family, Bounds & { readonly step: bigint; readonly prefix: number }> = {
  4: { first: 0x0a000000n, last: 0x0affffffn, step: 256n, prefix: 24 },
  6: { first: 0xfd00n << 112n, last: (0xfd01n << 112n) - 1n, step: 1n << 96n, prefix: 64 },
};

/** Hands out subnets that overlap neither those of the lab nor each other. */
export class SubnetPool {
  readonly #family: Family;
  readonly #used: readonly Bounds[];
  #candidate: bigint;

  constructor(topology: Topology, family: Family) {
    this.#family = family;
    this.#used = usedBounds(topology, family);
    this.#candidate = pools[family].first;
  }

  /** The next subnet with room for so many addresses; null when the private range is used up. */
  next(addresses = 1): Cidr | null {
    const { last: end, step, prefix: usual } = pools[this.#family];
    const bits = bitsOf(this.#family);
    let prefix = usual;
    // Two numbers of a subnet are the network and the broadcast address.
    while ((1n << BigInt(bits - prefix)) - 2n < BigInt(addresses)) prefix -= 1;
    const size = 1n << BigInt(bits - prefix);
    const stride = size > step ? size : step;
    let first = roundUp(this.#candidate, stride);
    for (const used of this.#used) {
      if (used.last < first) continue;
      if (used.first > first + size - 1n) break;
      first = roundUp(used.last + 1n, stride);
    }
    if (first + size - 1n > end) return null;
    this.#candidate = first + stride;
    return cidrText(this.#family, first, prefix);
  }
}

/** Subnets of all interfaces and destinations of all routes, in order. */
function usedBounds(topology: Topology, family: Family): readonly Bounds[] {
  const used: Bounds[] = [];
  for (const node of Object.values(topology.nodes)) {
    for (const iface of Object.values(node.interfaces)) {
      used.push(...addressesOf(iface).filter((address) => address.family === family));
    }
    const routes = Object.values(vrfsOf(node)).flatMap((vrf) => vrf.routes);
    for (const { to } of [...node.routes, ...routes]) {
      if (to === 'default') continue;
      const destination = cidrNumberOf(to);
      if (destination.family === family) used.push(networkBounds(destination));
    }
  }
  return used.sort((a, b) => (a.first < b.first ? -1 : a.first > b.first ? 1 : 0));
}

function roundUp(value: bigint, step: bigint): bigint {
  return ((value + step - 1n) / step) * step;
}

/** Canonical text of numbers that are an address or a network. */
export function cidrText(family: Family, value: bigint, prefix: number): Cidr {
  return `${formatIp(family, value)}/${prefix}` as Cidr;
}
