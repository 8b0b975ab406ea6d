import { bitsOf, type CidrNumber, type Family, formatIp, networkBounds } from '../addressing/ip-number.js';
import type { Problem } from './problem.js';

interface SpecialRange {
  readonly code: Problem['code'];
  readonly family: Family;
  readonly first: bigint;
  readonly prefix: number;
  readonly what: string;
}

/** Ranges that no interface of a lab can have an address of. Sources: RFC 1122 3.2.1.3, RFC 5735, RFC 4291 2.4. */
const specialRanges: readonly SpecialRange[] = [
  { code: 'address.unspecified', family: 4, first: 0n, prefix: 8, what: 'means "this network" (0.0.0.0/8)' },
  { code: 'address.loopback', family: 4, first: 0x7f000000n, prefix: 8, what: 'is a loopback address (127.0.0.0/8)' },
  { code: 'address.multicast', family: 4, first: 0xe0000000n, prefix: 4, what: 'is a multicast address (224.0.0.0/4)' },
  {
    code: 'address.broadcast',
    family: 4,
    first: 0xffffffffn,
    prefix: 32,
    what: 'is the broadcast address of every network',
  },
  { code: 'address.unspecified', family: 6, first: 0n, prefix: 128, what: 'means "no address"' },
  { code: 'address.loopback', family: 6, first: 1n, prefix: 128, what: 'is the loopback address' },
  {
    code: 'address.mapped',
    family: 6,
    first: 0n,
    prefix: 96,
    what: 'is an IPv4 address written as IPv6 (RFC 4291, deprecated)',
  },
  { code: 'address.mapped', family: 6, first: 0xffff00000000n, prefix: 96, what: 'is an IPv4 address written as IPv6' },
  { code: 'address.multicast', family: 6, first: 0xffn << 120n, prefix: 8, what: 'is a multicast address (ff00::/8)' },
];

/** Why an interface cannot have this address, with one that it could have; null when it can. */
export function addressProblem(address: CidrNumber): Problem | null {
  const { family, value, prefix } = address;
  const text = `${formatIp(family, value)}/${prefix}`;
  const special = specialRanges.find(
    (range) =>
      range.family === family &&
      value >> BigInt(bitsOf(family) - range.prefix) === range.first >> BigInt(bitsOf(family) - range.prefix),
  );
  if (special !== undefined) {
    const offer = `${family === 4 ? '192.168.1.1' : 'fd00::1'}/${prefix >= 1 ? prefix : family === 4 ? 24 : 64}`;
    const usable = addressProblem({ family, value: family === 4 ? 0xc0a80101n : (0xfdn << 120n) | 1n, prefix });
    return fixed(
      special.code,
      `${text} ${special.what}.`,
      usable === null ? offer : family === 4 ? '192.168.1.1/24' : 'fd00::1/64',
    );
  }
  if (prefix === 0) {
    const offer = `${formatIp(family, value)}/${family === 4 ? 24 : 64}`;
    return fixed('address.prefix-range', `${text} would put every address of the world on this one link.`, offer);
  }
  const { first, last } = networkBounds(address);
  const hostBits = bitsOf(family) - prefix;
  // /31, /32, /127 and /128 have neither network nor broadcast address (RFC 3021, RFC 6164).
  if (hostBits < 2) return null;
  const range = usableRangeText(address);
  if (value === first) {
    const offer = `${formatIp(family, first + 1n)}/${prefix}`;
    const what = family === 4 ? 'is the address of the network itself' : 'is the subnet-router anycast address';
    return fixed('address.network', `${text} ${what}; usable are ${range}.`, offer);
  }
  if (family === 4 && value === last) {
    const offer = `${formatIp(family, last - 1n)}/${prefix}`;
    return fixed('address.broadcast', `${text} is the broadcast address of its network; usable are ${range}.`, offer);
  }
  return null;
}

/** First and last usable address of the subnet, for people: `192.168.1.1 to 192.168.1.254`. */
export function usableRangeText(address: CidrNumber): string {
  const { first, last } = usableBounds(address);
  return first === last
    ? formatIp(address.family, first)
    : `${formatIp(address.family, first)} to ${formatIp(address.family, last)}`;
}

/** First and last address that an interface of this subnet can have. */
export function usableBounds(address: CidrNumber): { readonly first: bigint; readonly last: bigint } {
  const { first, last } = networkBounds(address);
  if (bitsOf(address.family) - address.prefix < 2) return { first, last };
  return { first: first + 1n, last: address.family === 4 ? last - 1n : last };
}

function fixed(code: Problem['code'], detail: string, value: string): Problem {
  return { code, detail, fix: { label: `Use ${value}`, value } };
}
