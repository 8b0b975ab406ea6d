import { attachFilter } from '../bpf/attach.js';
import { BPF, type FilterLine } from '../bpf/bpf.js';
import type { Family } from '../rtnetlink/codec/ip-address.js';

/** The echo identifiers a socket is interested in, both ends included. */
export interface IdentifierRange {
  readonly first: number;
  readonly last: number;
}

const WHOLE_PACKET = 0xffff_ffff;

/**
 * Lets only answers to our own echo requests into the socket's queue. A raw socket gets a copy of all ICMP of its namespace:
 * without a filter, the answers to everybody's pings pile up in it.
 */
export function attachEchoFilter(fd: number, family: Family, identifiers: IdentifierRange): void {
  const lines = family === 4 ? icmpFilter() : icmpv6Filter();
  attachFilter(fd, [...lines, ...rangeFilter(identifiers)]);
}

/** RFC 792. The packet begins with the IPv4 header. A load beyond its end drops the packet. */
function icmpFilter(): FilterLine[] {
  return [
    { operation: BPF.loadHeaderLengthToX, operand: 0 },
    { operation: BPF.loadByteAtX, operand: 0 }, // ICMP type
    { operation: BPF.ifEqual, operand: 0, no: 'not a reply' },
    { operation: BPF.loadHalfAtX, operand: 4 }, // identifier
    { operation: BPF.ifAtLeast, operand: 0, yes: 'identifier' },
    { label: 'not a reply', operation: BPF.ifEqual, operand: 3, yes: 'error' },
    { operation: BPF.ifEqual, operand: 11, no: 'drop' },
    // Behind an error's 8 bytes comes the packet it is about, again with an IPv4 header.
    { label: 'error', operation: BPF.loadByteAtX, operand: 8 + 9 }, // its protocol
    { operation: BPF.ifEqual, operand: 1, no: 'drop' },
    { operation: BPF.loadByteAtX, operand: 8 }, // its header length, in words
    { operation: BPF.and, operand: 15 },
    { operation: BPF.shiftLeft, operand: 2 },
    { operation: BPF.addX, operand: 0 },
    { operation: BPF.copyToX, operand: 0 },
    { operation: BPF.loadByteAtX, operand: 8 }, // its ICMP type
    { operation: BPF.ifEqual, operand: 8, no: 'drop' },
    { operation: BPF.loadHalfAtX, operand: 8 + 4 },
  ];
}
/** RFC 4443. The packet begins with the ICMPv6 header. */
function icmpv6Filter(): FilterLine[] {
  return [
    { operation: BPF.loadByte, operand: 0 },
    { operation: BPF.ifEqual, operand: 129, no: 'error' },
    { operation: BPF.loadHalf, operand: 4 },
    { operation: BPF.ifAtLeast, operand: 0, yes: 'identifier' },
    // Behind an error's 8 bytes comes the packet it is about, with its IPv6 header of 40. ICMP6_FILTER let only errors through.
    { label: 'error', operation: BPF.loadByte, operand: 8 + 6 }, // its next header
    { operation: BPF.ifEqual, operand: 58, no: 'drop' },
    { operation: BPF.loadByte, operand: 8 + 40 }, // its ICMPv6 type
    { operation: BPF.ifEqual, operand: 128, no: 'drop' },
    { operation: BPF.loadHalf, operand: 8 + 40 + 4 },
  ];
}
function rangeFilter({ first, last }: IdentifierRange): FilterLine[] {
  return [
    { label: 'identifier', operation: BPF.ifAtLeast, operand: first, no: 'drop' },
    { operation: BPF.ifGreater, operand: last, yes: 'drop' },
    { operation: BPF.keep, operand: WHOLE_PACKET },
    { label: 'drop', operation: BPF.keep, operand: 0 },
  ];
}
