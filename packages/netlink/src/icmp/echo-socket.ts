import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import {
  AF_INET,
  AF_INET6,
  EAGAIN,
  EINTR,
  IP_TTL,
  IPPROTO_IP,
  IPPROTO_IPV6,
  IPV6_HOPLIMIT,
  IPV6_UNICAST_HOPS,
  MSG_DONTWAIT,
  MSG_NOSIGNAL,
  SO_TIMESTAMPNS,
  SOL_SOCKET,
} from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { MessageBuffer } from '../libc/message-buffer.js';
import { setIntegerOption } from '../libc/sockets.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { type Family, formatIp, parseIp } from '../rtnetlink/codec/ip-address.js';
import { internetChecksum } from './checksum.js';
import type { EchoEvent } from './event.js';
import type { IdentifierRange } from './filter.js';
import { openEchoSocket } from './open.js';
import { ECHO_HEADER_BYTES, type PacketContext, readAnswer, writeEchoRequest } from './packet.js';
import { readClocks, type SendTime, timespecMs } from './time.js';

/** An echo request. */
export interface EchoRequest {
  readonly destination: string;
  /** 0 to 65535; tells this ping from others in the namespace. Must lie in the socket's range. */
  readonly identifier: number;
  /** 0 to 65535. */
  readonly sequence: number;
  /** Default: 56 bytes, as ping(8) sends. At most 1,400 bytes. */
  readonly payload?: Uint8Array;
  /** TTL or hop limit. Default: the namespace's. */
  readonly hopLimit?: number;
  /** The way out for a link-local IPv6 destination. */
  readonly ifindex?: number;
}

/**
 * Sent, and when; or refused by the namespace's own kernel, which is an answer too. ENETUNREACH: no route. EADDRNOTAVAIL: no
 * IPv6 address to send from. EHOSTUNREACH, EACCES: an `unreachable` or `prohibit` route. ENETDOWN: the way out is down.
 */
export type EchoSent =
  | { readonly ok: true; readonly sentAt: SendTime }
  | { readonly ok: false; readonly error: NetlinkError };

const ALL_IDENTIFIERS: IdentifierRange = { first: 0, last: 0xffff };
const DEFAULT_PAYLOAD = Uint8Array.from({ length: 56 }, (_, index) => index);
const LONGEST_PAYLOAD_BYTES = 1400;
/** Errors quote at least the beginning of what they are about; more than this is of no interest. */
const PACKET_BYTES = 2048;
const SOCKADDR_IN_BYTES = 16;
const SOCKADDR_IN6_BYTES = 28;
const CONTROL_BYTES = 128;
const KERNEL_DEFAULT_HOP_LIMIT = -1;

const outgoing = Buffer.alloc(ECHO_HEADER_BYTES + LONGEST_PAYLOAD_BYTES);
const target = Buffer.alloc(SOCKADDR_IN6_BYTES);
const incoming = new MessageBuffer(PACKET_BYTES, SOCKADDR_IN6_BYTES, CONTROL_BYTES);

/**
 * Pings from a namespace: a raw ICMP socket, opened in the namespace once. Nothing here waits; `receive` is to be called
 * when the descriptor is readable (see Poller). Needs CAP_NET_RAW over the namespace.
 */
export class EchoSocket {
  readonly fd: number;
  readonly family: Family;
  readonly #identifiers: IdentifierRange;
  #hopLimit = KERNEL_DEFAULT_HOP_LIMIT;
  #closed = false;

  private constructor(fd: number, family: Family, identifiers: IdentifierRange) {
    this.fd = fd;
    this.family = family;
    this.#identifiers = identifiers;
  }

  /**
   * @param namespace null for the calling thread's own.
   * @param identifiers answers to requests outside of this range are dropped by the kernel. Choose a range of one's own:
   *   then others' pings in the namespace cost nothing.
   * @param device a VRF: requests follow its table, and only answers that come in through it are taken. Also any other
   *   interface, as `ping -I`.
   */
  static open(
    namespace: NamespaceHandle | null,
    family: Family,
    identifiers = ALL_IDENTIFIERS,
    device?: string,
  ): EchoSocket {
    const open = () => openEchoSocket(family, identifiers, device);
    return new EchoSocket(namespace === null ? open() : inNamespace(namespace, open), family, identifiers);
  }

  /** Sends an echo request. Refusals of the kernel come back as values; RangeError for what could not be sent as asked. */
  send(request: EchoRequest): EchoSent {
    const { first, last } = this.#identifiers;
    const { identifier, sequence, payload = DEFAULT_PAYLOAD } = request;
    if (identifier < first || identifier > last) throw new RangeError(`identifier ${identifier} is out of range`);
    if (payload.length > LONGEST_PAYLOAD_BYTES) throw new RangeError('the payload has more than 1,400 bytes');
    this.#setHopLimit(request.hopLimit ?? KERNEL_DEFAULT_HOP_LIMIT);
    const length = writeEchoRequest(outgoing, this.family, identifier, sequence, payload);
    // The kernel computes ICMPv6's checksum by itself: it covers addresses that are not known here.
    if (this.family === 4) outgoing.writeUInt16BE(internetChecksum(outgoing, length), 2);
    const addressLength = this.#writeTarget(request.destination, request.ifindex ?? 0);
    const sentAt = readClocks();
    const flags = MSG_DONTWAIT | MSG_NOSIGNAL;
    if (libc.sendto(this.fd, outgoing, length, flags, target, addressLength) >= 0) return { ok: true, sentAt };
    return {
      ok: false,
      error: new NetlinkError({ errno: lastErrno(), syscall: 'sendto', subject: request.destination }),
    };
  }

  /**
   * Takes the answers that have arrived, at most `limit` of them.
   * @throws NetlinkError when the socket fails.
   */
  receive(limit = 256): EchoEvent[] {
    const events: EchoEvent[] = [];
    while (events.length < limit && !this.#closed) {
      const length = incoming.receive(this.fd);
      if (length < 0) {
        const errno = lastErrno();
        if (errno === EINTR) continue;
        if (errno === EAGAIN) break;
        throw new NetlinkError({ errno, syscall: 'recvmsg' });
      }
      const packet = incoming.data.subarray(0, Math.min(length, PACKET_BYTES));
      const event = readAnswer(packet, this.family, this.#context());
      if (event !== null) events.push(event);
    }
    return events;
  }

  /** Closing twice does nothing. Take it out of its poller first. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    libc.close(this.fd);
  }

  #context(): PacketContext {
    let kernelRealtimeMs: number | null = null;
    let hopLimit: number | null = null;
    for (const { level, type, start, end } of incoming.ancillary()) {
      if (level === SOL_SOCKET && type === SO_TIMESTAMPNS && end - start >= 16) {
        kernelRealtimeMs = timespecMs(incoming.control, start);
      } else if (level === IPPROTO_IPV6 && type === IPV6_HOPLIMIT && end - start >= 4) {
        hopLimit = incoming.control.getInt32(start, true);
      }
    }
    const from = this.family === 4 ? formatIp(incoming.name, 4, 4) : formatIp(incoming.name, 8, 16);
    return { from: from ?? '', hopLimit, receivedAt: { ...readClocks(), kernelRealtimeMs } };
  }

  #setHopLimit(hopLimit: number): void {
    if (hopLimit === this.#hopLimit) return;
    if (this.family === 4) setIntegerOption(this.fd, IPPROTO_IP, IP_TTL, hopLimit, 'IP_TTL');
    else setIntegerOption(this.fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, hopLimit, 'IPV6_UNICAST_HOPS');
    this.#hopLimit = hopLimit;
  }

  /** Writes struct sockaddr_in or sockaddr_in6; returns its length. */
  #writeTarget(destination: string, ifindex: number): number {
    const bytes = parseIp(destination, this.family);
    target.fill(0);
    target.writeUInt16LE(this.family === 4 ? AF_INET : AF_INET6, 0);
    target.set(bytes, this.family === 4 ? 4 : 8);
    if (this.family === 4) return SOCKADDR_IN_BYTES;
    target.writeUInt32LE(ifindex, 24);
    return SOCKADDR_IN6_BYTES;
  }
}
