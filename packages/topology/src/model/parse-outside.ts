import { type Family, formatIp, networkBounds, readIpv4 } from '../addressing/ip-number.js';
import type { Cidr } from './names.js';
import { parseDestination } from './parse-addresses.js';
import { type Parsed, quoted, refused } from './problem.js';

/** The interface of every internet node that leads out of the lab. Not in the document: the way out makes it. */
export const UPLINK = 'uplink';

/** The subnet of a way out that names none, of the range for tests of network devices (RFC 2544): it hides nobody's real network. */
export const DEFAULT_OUTSIDE_SUBNET = '198.18.0.0/24' as Cidr;

/** The gateway, the name server and the node itself have addresses in it, and it has a network and a broadcast address. */
const longestPrefix = 29;

/** First and last address of what no host can have: this network, the loopback, and from the multicast addresses on. */
const nobodys: readonly (readonly [bigint, bigint])[] = [
  [0x00000000n, 0x00ffffffn],
  [0x7f000000n, 0x7fffffffn],
  [0xe0000000n, 0xffffffffn],
];

/** An IPv4 network with room for three addresses, all of which hosts can have. */
export function parseOutsideSubnet(text: string): Parsed<Cidr> {
  const parsed = parseDestination(text);
  if (!parsed.ok) return parsed;
  const network = parsed.value;
  if (network === 'default' || network.includes(':')) {
    return refused('outside.subnet', `${quoted(text)} is not an IPv4 network.`, DEFAULT_OUTSIDE_SUBNET);
  }
  const [address = '', length] = network.split('/');
  const prefix = Number(length);
  const { first, last } = networkBounds({ family: 4, value: readIpv4(address) ?? 0n, prefix });
  if (nobodys.some(([from, to]) => first <= to && from <= last)) {
    const detail = `${network} has addresses in it that no host can have.`;
    return refused('outside.subnet', detail, DEFAULT_OUTSIDE_SUBNET);
  }
  if (prefix <= longestPrefix) return { ok: true, value: network };
  const detail = `${network} has no room for a gateway, a name server and the node: use /${longestPrefix} or shorter.`;
  const wider = `${widened(network.slice(0, network.indexOf('/')))}/${longestPrefix}`;
  return refused('outside.subnet', detail, wider);
}

function widened(address: string): string {
  const family: Family = 4;
  const value = readIpv4(address) ?? 0n;
  return formatIp(family, networkBounds({ family, value, prefix: longestPrefix }).first);
}
