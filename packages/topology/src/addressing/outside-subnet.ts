import type { Cidr, IpAddress } from '../model/names.js';
import { DEFAULT_OUTSIDE_SUBNET } from '../model/parse-outside.js';
import type { Node, Topology } from '../model/topology.js';
import { connectedAddresses } from '../validation/connected-subnets.js';
import { cidrNumberOf, formatIp, networkBounds } from './ip-number.js';
import { cidrText } from './subnets.js';

/** The subnet between an internet node and its way out. */
export function outsideOf(node: Node): Cidr {
  return node.subnet ?? DEFAULT_OUTSIDE_SUBNET;
}

/** Who is who between an internet node and its way out. IPv6 has one network for all of them: nothing else of a lab is in it. */
export interface OutsideAddresses {
  readonly gateway: IpAddress;
  readonly node: IpAddress;
  /** Answers names with what the machine's own name server says. */
  readonly nameServer: IpAddress;
  readonly prefixLength: number;
  readonly gateway6: IpAddress;
  readonly node6: IpAddress;
}

/** The first three addresses of the subnet: gateway, node, name server. */
export function outsideAddresses(subnet: Cidr): OutsideAddresses {
  const network = cidrNumberOf(subnet);
  const { first } = networkBounds(network);
  const at = (offset: bigint) => formatIp(4, first + offset) as IpAddress;
  return {
    gateway: at(1n),
    node: at(2n),
    nameServer: at(3n),
    prefixLength: network.prefix,
    gateway6: 'fdff:ffff:ffff:ffff::1' as IpAddress,
    node6: 'fdff:ffff:ffff:ffff::2' as IpAddress,
  };
}

/** Candidates: 198.18.0.0/24, 198.18.1.0/24 … 198.19.255.0/24. */
const lowest = 0xc6120000n;
const highest = 0xc613ff00n;
const size = 256n;
const prefix = 24;

/** A subnet for a way out that the lab does not use; null when it uses all of 198.18.0.0/15. */
export function freeOutsideSubnet(topology: Topology): Cidr | null {
  const used = Object.values(topology.nodes).flatMap((node) =>
    connectedAddresses(node).flatMap(({ address }) => (address.family === 4 ? [networkBounds(address)] : [])),
  );
  for (let first = lowest; first <= highest; first += size) {
    const last = first + size - 1n;
    if (!used.some((other) => other.first <= last && first <= other.last)) return cidrText(4, first, prefix);
  }
  return null;
}
