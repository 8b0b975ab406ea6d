import type { ReceiveTime } from './time.js';

/** Why a packet could not be delivered, in words that both families share. `other` for the rest; see `code`. */
export type UnreachableReason = 'no-route' | 'host' | 'port' | 'protocol' | 'prohibited' | 'other';

interface EchoAnswer {
  /** Who sent the answer. */
  readonly from: string;
  /** Identifier of the echo request it answers. */
  readonly identifier: number;
  /** Sequence number of the echo request it answers. */
  readonly sequence: number;
  readonly receivedAt: ReceiveTime;
}

interface EchoFailure extends EchoAnswer {
  /** Where the echo request was going. */
  readonly destination: string;
  /** ICMP or ICMPv6 code. */
  readonly code: number;
}

/** The destination answered. */
export interface EchoReply extends EchoAnswer {
  readonly kind: 'reply';
  /** TTL or hop limit that was left when the reply arrived; null when the kernel did not say. */
  readonly hopLimit: number | null;
}

/** Somebody on the way (or this namespace itself, when nobody answers its ARP or NDP) says that it does not get there. */
export interface EchoUnreachable extends EchoFailure {
  readonly kind: 'unreachable';
  readonly reason: UnreachableReason;
}

/** A router discarded it because its hop limit was used up: a loop, or a traceroute. */
export interface EchoTimeExceeded extends EchoFailure {
  readonly kind: 'time-exceeded';
}

/** A router could not pass it on in one piece. */
export interface EchoTooBig extends EchoFailure {
  readonly kind: 'too-big';
  /** What would fit, in bytes. */
  readonly mtu: number;
}

/** What came back for an echo request. */
export type EchoEvent = EchoReply | EchoUnreachable | EchoTimeExceeded | EchoTooBig;
