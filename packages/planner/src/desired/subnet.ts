/** An address with its subnet, as numbers. `network` and `address` are unsigned integers of 32 or 128 bits. */
export interface Subnet {
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly network: bigint;
  readonly prefixLength: number;
}

const remembered = new Map<string, Subnet | null>();

/** Texts remembered at most; beyond it the memory starts afresh, so that a long-lived agent does not grow. */
const REMEMBERED_LIMIT = 20_000;

/**
 * Reads `10.0.0.1/24`, `2001:db8::1/64`, or an address without a prefix length (then the whole address is the prefix).
 * Texts that come from the document have passed a strict parser; texts from the kernel are foreign, so anything
 * that is not understood gives null instead of an error.
 */
export function subnetOf(text: string): Subnet | null {
  const known = remembered.get(text);
  if (known !== undefined) return known;
  if (remembered.size >= REMEMBERED_LIMIT) remembered.clear();
  const subnet = parseSubnet(text);
  remembered.set(text, subnet);
  return subnet;
}

/** 4 or 6, by the look of an address; cheap. */
export function familyOf(address: string): 4 | 6 {
  return address.includes(':') ? 6 : 4;
}

/** Whether `inner` lies in the subnet of `outer`. */
export function contains(outer: Subnet, inner: Subnet): boolean {
  if (outer.family !== inner.family || inner.prefixLength < outer.prefixLength) return false;
  return networkOf(outer.family, inner.address, outer.prefixLength) === outer.network;
}

/** Whether two addresses are of one subnet with one prefix length: then, in IPv4, the later one is a secondary. */
export function sameSubnet(a: Subnet, b: Subnet): boolean {
  return a.family === b.family && a.prefixLength === b.prefixLength && a.network === b.network;
}

/** fe80::/10, reachable only when the interface is named. */
export function isLinkLocal(address: Subnet): boolean {
  return address.family === 6 && address.address >> 118n === 0x3fan;
}

function parseSubnet(text: string): Subnet | null {
  const slash = text.indexOf('/');
  const addressText = slash === -1 ? text : text.slice(0, slash);
  const family = familyOf(addressText);
  const bits = family === 4 ? 32 : 128;
  const prefixLength = slash === -1 ? bits : Number(text.slice(slash + 1));
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > bits) return null;
  const address = family === 4 ? parseIpv4(addressText) : parseIpv6(addressText);
  if (address === null) return null;
  return { family, address, network: networkOf(family, address, prefixLength), prefixLength };
}

function networkOf(family: 4 | 6, address: bigint, prefixLength: number): bigint {
  const hostBits = BigInt((family === 4 ? 32 : 128) - prefixLength);
  return (address >> hostBits) << hostBits;
}

function parseIpv4(text: string): bigint | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let value = 0;
  for (const part of parts) {
    const octet = Number(part);
    if (!/^\d{1,3}$/.test(part) || octet > 255) return null;
    value = value * 256 + octet;
  }
  return BigInt(value);
}

function parseIpv6(text: string): bigint | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const head = groupsOf(halves[0] ?? '');
  const tail = halves.length === 2 ? groupsOf(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => 0), ...tail];
  return groups.reduce((value, group) => (value << 16n) | BigInt(group), 0n);
}

function groupsOf(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  for (const part of text.split(':')) {
    if (part.includes('.')) {
      const ipv4 = parseIpv4(part);
      if (ipv4 === null) return null;
      groups.push(Number(ipv4 >> 16n), Number(ipv4 & 0xffffn));
    } else {
      if (!/^[0-9a-fA-F]{1,4}$/.test(part)) return null;
      groups.push(Number.parseInt(part, 16));
    }
  }
  return groups;
}
