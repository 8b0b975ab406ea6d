import type { Transit } from '@vethlab/planner';
import type { Cidr, IpAddress } from '@vethlab/topology';

/** Networks of four addresses in 198.19.0.0/16, which is nobody's (RFC 2544). */
export const mostTransits = 16_384;

const perOctet = 64;
const step = 4;
const lastOctet = 255;
const prefixLength = 30;
const prefixLength6 = 64;

/** Names of the interfaces that the machine gets, and of the tables that go with them. */
const ifnamePrefix = 'vl-out';

/**
 * The pair of the number `index` between a guard and the machine. From the end of 198.18.0.0/15: subnets of ways out are proposed from its beginning.
 * The IPv6 networks are beside those of the nodes' uplinks (`outsideAddresses`).
 */
export function transitAt(index: number): Transit {
  const third = lastOctet - Math.floor(index / perOctet);
  const at = (offset: number) => `198.19.${third}.${lastOctet + 1 - step * ((index % perOctet) + 1) + offset}`;
  const network6 = `fdff:ffff:fffe:${index.toString(16)}::`;
  return {
    ifname: `${ifnamePrefix}${index}`,
    machine: at(1) as IpAddress,
    guard: at(2) as IpAddress,
    network: `${at(0)}/${prefixLength}` as Cidr,
    machine6: `${network6}1` as IpAddress,
    guard6: `${network6}2` as IpAddress,
    network6: `${network6}/${prefixLength6}` as Cidr,
  };
}

export const transitPrefixLengths = { ipv4: prefixLength, ipv6: prefixLength6 } as const;

/** The table that all ways out of the machine share, see `lanChains`. */
export const sharedTable = 'vl-out';
