import ipaddr from 'ipaddr.js';

export type Family = 4 | 6;

/** An address as a number: what arithmetic on subnets works with. */
export interface IpNumber {
  readonly family: Family;
  readonly value: bigint;
}

/** An address with its prefix length. */
export interface CidrNumber extends IpNumber {
  readonly prefix: number;
}

/** Bits of an address. */
export function bitsOf(family: Family): number {
  return family === 4 ? 32 : 128;
}

/**
 * Four decimal numbers without leading zeros. Null for everything else; `why…` functions in model/ say what was wrong.
 * inet_aton(3) would also take octal, hexadecimal and short forms: those are exactly what people get wrong.
 */
export function readIpv4(text: string): bigint | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  let value = 0;
  for (const part of match.slice(1)) {
    if (part.length > 1 && part.startsWith('0')) return null;
    const number = Number(part);
    if (number > 255) return null;
    value = value * 256 + number;
  }
  return BigInt(value);
}

/** Text forms of RFC 4291, section 2.2, without a zone id. */
export function readIpv6(text: string): bigint | null {
  // Our own alphabet first: the library also takes zone ids and other forms that we refuse.
  if (!/^[0-9A-Fa-f:]*(?::\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3})?$/.test(text)) return null;
  const dotted = /:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  let plain = text;
  if (dotted !== undefined) {
    const tail = readIpv4(dotted);
    if (tail === null) return null;
    plain = `${text.slice(0, -dotted.length)}${(tail >> 16n).toString(16)}:${(tail & 0xffffn).toString(16)}`;
  }
  if (/[0-9A-Fa-f]{5,}/.test(plain) || !ipaddr.IPv6.isValid(plain)) return null;
  return ipaddr.IPv6.parse(plain).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n);
}

/** Canonical text: dotted decimal, or RFC 5952. */
export function formatIp(family: Family, value: bigint): string {
  if (family === 4) {
    const number = Number(value);
    return `${number >>> 24}.${(number >>> 16) & 255}.${(number >>> 8) & 255}.${number & 255}`;
  }
  const parts: number[] = [];
  for (let shift = 112n; shift >= 0n; shift -= 16n) parts.push(Number((value >> shift) & 0xffffn));
  return new ipaddr.IPv6(parts).toRFC5952String();
}

/** First and last number of the network that an address with this prefix length belongs to. */
export function networkBounds(address: CidrNumber): { readonly first: bigint; readonly last: bigint } {
  const hostBits = BigInt(bitsOf(address.family) - address.prefix);
  const size = 1n << hostBits;
  const first = (address.value / size) * size;
  return { first, last: first + size - 1n };
}

/** Numbers of canonical text. For branded values only: foreign text goes through the parsers in model/. */
export function ipNumberOf(text: string): IpNumber {
  const family: Family = text.includes(':') ? 6 : 4;
  const value = family === 4 ? readIpv4(text) : readIpv6(text);
  if (value === null) throw new TypeError(`not a canonical address: ${text}`);
  return { family, value };
}

/** Numbers of a canonical `address/prefix`. For branded values only. */
export function cidrNumberOf(text: string): CidrNumber {
  const slash = text.indexOf('/');
  return { ...ipNumberOf(text.slice(0, slash)), prefix: Number(text.slice(slash + 1)) };
}
