import { type Family, formatIp } from '../rtnetlink/codec/ip-address.js';
import type { EchoEvent, UnreachableReason } from './event.js';
import type { ReceiveTime } from './time.js';

/** struct icmphdr, the same for ICMPv6: type, code, checksum, identifier, sequence. */
export const ECHO_HEADER_BYTES = 8;
const IPV4_HEADER_BYTES = 20;
const IPV6_HEADER_BYTES = 40;
const PROTOCOL_ICMP = 1;
const PROTOCOL_ICMPV6 = 58;

/** ICMP types of a family (RFC 792, RFC 4443). */
const TYPES = {
  4: { request: 8, reply: 0, unreachable: 3, timeExceeded: 11, tooBig: null },
  6: { request: 128, reply: 129, unreachable: 1, timeExceeded: 3, tooBig: 2 },
} as const;
/** IPv4 says "too big" as a kind of unreachable. */
const FRAGMENTATION_NEEDED = 4;

/** What is known about a packet beside its bytes. */
export interface PacketContext {
  readonly from: string;
  readonly receivedAt: ReceiveTime;
  /** From ancillary data (IPv6); in IPv4 it is in the packet. */
  readonly hopLimit: number | null;
}

/** Writes an echo request without its checksum; returns its length. */
export function writeEchoRequest(
  bytes: Buffer,
  family: Family,
  identifier: number,
  sequence: number,
  payload: Uint8Array,
): number {
  bytes.writeUInt8(TYPES[family].request, 0);
  bytes.writeUInt8(0, 1);
  bytes.writeUInt16BE(0, 2);
  bytes.writeUInt16BE(identifier, 4);
  bytes.writeUInt16BE(sequence, 6);
  bytes.set(payload, ECHO_HEADER_BYTES);
  return ECHO_HEADER_BYTES + payload.length;
}

/** Reads an answer to an echo request; null when it is something else or cut short. */
export function readAnswer(packet: Buffer, family: Family, context: PacketContext): EchoEvent | null {
  if (family === 6) return readIcmp(packet, 6, context);
  // A raw IPv4 socket gives the packet from its IP header on.
  const headerBytes = ipv4HeaderBytes(packet);
  if (headerBytes === null) return null;
  return readIcmp(packet.subarray(headerBytes), 4, { ...context, hopLimit: packet.readUInt8(8) });
}

function readIcmp(icmp: Buffer, family: Family, context: PacketContext): EchoEvent | null {
  if (icmp.length < ECHO_HEADER_BYTES) return null;
  const { from, receivedAt, hopLimit } = context;
  const types = TYPES[family];
  const type = icmp.readUInt8(0);
  if (type === types.reply) return { kind: 'reply', from, ...numbers(icmp), hopLimit, receivedAt };
  const original = readOriginal(icmp.subarray(ECHO_HEADER_BYTES), family);
  if (original === null) return null;
  const code = icmp.readUInt8(1);
  const failure = { from, code, ...original, receivedAt };
  if (type === types.timeExceeded) return { kind: 'time-exceeded', ...failure };
  if (type === types.tooBig) return { kind: 'too-big', mtu: icmp.readUInt32BE(4), ...failure };
  if (type !== types.unreachable) return null;
  if (family === 4 && code === FRAGMENTATION_NEEDED) return { kind: 'too-big', mtu: icmp.readUInt16BE(6), ...failure };
  return { kind: 'unreachable', reason: family === 4 ? icmpReason(code) : icmpv6Reason(code), ...failure };
}

/** The echo request that an error quotes. */
function readOriginal(
  packet: Buffer,
  family: Family,
): { destination: string; identifier: number; sequence: number } | null {
  const headerBytes = family === 4 ? ipv4HeaderBytes(packet) : IPV6_HEADER_BYTES;
  if (headerBytes === null || packet.length < headerBytes + ECHO_HEADER_BYTES) return null;
  const protocol = packet.readUInt8(family === 4 ? 9 : 6);
  if (protocol !== (family === 4 ? PROTOCOL_ICMP : PROTOCOL_ICMPV6)) return null;
  if (packet.readUInt8(headerBytes) !== TYPES[family].request) return null;
  const destination = family === 4 ? formatIp(packet, 16, 4) : formatIp(packet, 24, 16);
  return destination === null ? null : { destination, ...numbers(packet.subarray(headerBytes)) };
}

function numbers(icmp: Buffer): { identifier: number; sequence: number } {
  return { identifier: icmp.readUInt16BE(4), sequence: icmp.readUInt16BE(6) };
}

function ipv4HeaderBytes(packet: Buffer): number | null {
  if (packet.length < IPV4_HEADER_BYTES) return null;
  const bytes = (packet.readUInt8(0) & 0x0f) * 4;
  return bytes < IPV4_HEADER_BYTES || bytes > packet.length ? null : bytes;
}

/** Codes of type 3, RFC 792 and RFC 1122. */
function icmpReason(code: number): UnreachableReason {
  if (code === 0 || code === 6 || code === 11) return 'no-route';
  if (code === 1 || code === 7 || code === 8 || code === 12) return 'host';
  if (code === 2) return 'protocol';
  if (code === 3) return 'port';
  return code === 9 || code === 10 || code === 13 ? 'prohibited' : 'other';
}

/** Codes of type 1, RFC 4443. */
function icmpv6Reason(code: number): UnreachableReason {
  if (code === 0 || code === 6) return 'no-route';
  if (code === 3) return 'host';
  if (code === 4) return 'port';
  return code === 1 || code === 5 ? 'prohibited' : 'other';
}
