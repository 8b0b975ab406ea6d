import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { FAMILY_BYTES } from './message-types.js';

/** Settings of an interface, of all (`ifindex` -1) or of future ones (-2), as RTM_NEWNETCONF tells them. */
export interface NetconfMessage {
  /** The kernel's number: 2 IPv4, 10 IPv6, 28 MPLS. */
  readonly family: number;
  readonly ifindex: number | null;
  /** Null when the message does not say. */
  readonly forwarding: boolean | null;
}

export const NETCONFA_IFINDEX = 1;
export const NETCONFA_IFINDEX_ALL = -1;
const NETCONFA_FORWARDING = 2;

/** Reads the body of RTM_NEWNETCONF; null when it is cut short. */
export function decodeNetconf(frame: Frame, start: number, end: number): NetconfMessage | null {
  if (end - start < FAMILY_BYTES || end > frame.bytes.length) return null;
  let ifindex: number | null = null;
  let forwarding: boolean | null = null;
  const attribute = new Attributes(frame, start + FAMILY_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === NETCONFA_IFINDEX) ifindex = attribute.s32(0);
    else if (attribute.type === NETCONFA_FORWARDING) forwarding = attribute.s32(0) !== 0;
  }
  return { family: frame.view.getUint8(start), ifindex, forwarding };
}
