/** The Internet checksum (RFC 1071) over the first `length` bytes, as a number to be stored in network byte order. */
export function internetChecksum(bytes: Uint8Array, length: number): number {
  let sum = 0;
  for (let at = 0; at < length; at += 2) {
    sum += ((bytes[at] ?? 0) << 8) | (at + 1 < length ? (bytes[at + 1] ?? 0) : 0);
  }
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}
