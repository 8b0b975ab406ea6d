import { isIPv4, isIPv6 } from 'node:net';

/** An address family as people count it. The kernel's numbers are AF_INET (2) and AF_INET6 (10). */
export type Family = 4 | 6;

/**
 * The bytes of an address in text. Strict: four decimal numbers without leading zeros, or IPv6 without a zone.
 * @throws RangeError when it is not an address of that family.
 */
export function parseIp(text: string, family: Family): Uint8Array {
  const valid = family === 4 ? isIPv4(text) : isIPv6(text) && !text.includes('%');
  if (!valid) throw new RangeError(`${JSON.stringify(text)} is not an IPv${family} address`);
  return family === 4 ? parseIpv4(text) : parseIpv6(text);
}

/** The family of an address in text. RangeError when it is no address. */
export function familyOf(text: string): Family {
  if (isIPv4(text)) return 4;
  if (isIPv6(text)) return 6;
  throw new RangeError(`${JSON.stringify(text)} is not an IP address`);
}

/** Text of 4 or 16 bytes, written as inet_ntop(3) and so iproute2 write it; null for any other length. */
export function formatIp(bytes: Uint8Array, start: number, length: number): string | null {
  if (start + length > bytes.length) return null;
  if (length === 4) return formatIpv4(bytes, start);
  if (length === 16) return formatIpv6(bytes, start);
  return null;
}

function parseIpv4(text: string): Uint8Array {
  return Uint8Array.from(text.split('.'), Number);
}

function parseIpv6(text: string): Uint8Array {
  const bytes = new Uint8Array(16);
  const gap = text.indexOf('::');
  const head = groups(gap < 0 ? text : text.slice(0, gap));
  const tail = gap < 0 ? [] : groups(text.slice(gap + 2));
  bytes.set(head, 0);
  bytes.set(tail, 16 - tail.length);
  return bytes;
}

function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (group.includes('.')) return group.split('.').map(Number);
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

function formatIpv4(bytes: Uint8Array, at: number): string {
  return `${bytes[at]}.${bytes[at + 1]}.${bytes[at + 2]}.${bytes[at + 3]}`;
}

function formatIpv6(bytes: Uint8Array, start: number): string {
  const words: number[] = [];
  for (let at = start; at < start + 16; at += 2) words.push(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  const [gapStart, gapLength] = longestZeros(words);
  // ::1.2.3.4 and ::ffff:1.2.3.4, as inet_ntop(3) of glibc writes them.
  const mixed = gapStart === 0 && (gapLength === 6 || (gapLength === 5 && words[5] === 0xffff));
  const last = mixed ? 6 : 8;
  let text = '';
  for (let index = 0; index < last; index++) {
    if (index === gapStart && gapLength > 1) {
      text += index === 0 ? '::' : ':';
      index += gapLength - 1;
      continue;
    }
    text += (words[index] ?? 0).toString(16);
    if (index < 7) text += ':';
  }
  return mixed ? text + formatIpv4(bytes, start + 12) : text;
}

/** Start and length of the longest run of at least two zero words, the first of equals; length 0 when there is none. */
function longestZeros(words: readonly number[]): readonly [start: number, length: number] {
  let best = 0;
  let bestLength = 0;
  let run = 0;
  for (let index = 0; index < words.length; index++) {
    run = words[index] === 0 ? run + 1 : 0;
    if (run > bestLength && run > 1) {
      best = index - run + 1;
      bestLength = run;
    }
  }
  return [best, bestLength];
}
