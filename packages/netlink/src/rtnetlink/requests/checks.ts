import type { Family } from '../codec/ip-address.js';

/** IFNAMSIZ without the NUL. */
const LONGEST_IFNAME_BYTES = 15;
const LARGEST_U32 = 0xffff_ffff;

/** Refuses names that could not be sent as they are; which of the others it likes is the kernel's to say. */
export function checkIfname(ifname: string): void {
  const bytes = Buffer.byteLength(ifname);
  if (bytes === 0 || bytes > LONGEST_IFNAME_BYTES || ifname.includes('\0')) {
    throw new RangeError(`${JSON.stringify(ifname)} cannot be an interface name: 1 to 15 bytes without NUL`);
  }
}

/** Refuses what does not fit into 32 bits without a sign. */
export function checkUnsigned(value: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value > LARGEST_U32) throw new RangeError(`${what} cannot be ${value}`);
}

/** Refuses a prefix length that the family does not have. */
export function checkPrefixLength(prefixLength: number, family: Family): void {
  const longest = family === 4 ? 32 : 128;
  if (!Number.isInteger(prefixLength) || prefixLength < 0 || prefixLength > longest) {
    throw new RangeError(`the prefix length of an IPv${family} address cannot be ${prefixLength}`);
  }
}
