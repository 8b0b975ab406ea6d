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
  /** It tells of another setting of these: reverse path filter, neighbour proxy, routes whose link is down. */
  readonly tellsMore: boolean;
}

export const NETCONFA_IFINDEX = 1;
export const NETCONFA_IFINDEX_ALL = -1;
const NETCONFA_FORWARDING = 2;
const NETCONFA_RP_FILTER = 3;
const NETCONFA_PROXY_NEIGH = 5;
const NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN = 6;
const others: ReadonlySet<number> = new Set([
  NETCONFA_RP_FILTER,
  NETCONFA_PROXY_NEIGH,
  NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN,
]);

/** Reads the body of RTM_NEWNETCONF; null when it is cut short. */
export function decodeNetconf(frame: Frame, start: number, end: number): NetconfMessage | null {
  if (end - start < FAMILY_BYTES || end > frame.bytes.length) return null;
  let ifindex: number | null = null;
  let forwarding: boolean | null = null;
  let tellsMore = false;
  const attribute = new Attributes(frame, start + FAMILY_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === NETCONFA_IFINDEX) ifindex = attribute.s32(0);
    else if (attribute.type === NETCONFA_FORWARDING) forwarding = attribute.s32(0) !== 0;
    else if (others.has(attribute.type)) tellsMore = true;
  }
  return { family: frame.view.getUint8(start), ifindex, forwarding, tellsMore };
}
