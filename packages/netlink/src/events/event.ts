import { type AddressMessage, decodeAddress } from '../rtnetlink/codec/address.js';
import { decodeFdb, type FdbMessage } from '../rtnetlink/codec/fdb.js';
import type { Frame } from '../rtnetlink/codec/frame.js';
import { decodeLink, type LinkMessage } from '../rtnetlink/codec/link.js';
import {
  IFADDR_BYTES,
  IFINFO_BYTES,
  NDMSG_BYTES,
  RTM_DELADDR,
  RTM_DELLINK,
  RTM_DELNEIGH,
  RTM_DELNETCONF,
  RTM_DELNSID,
  RTM_DELQDISC,
  RTM_DELROUTE,
  RTM_DELRULE,
  RTM_NEWADDR,
  RTM_NEWLINK,
  RTM_NEWNEIGH,
  RTM_NEWNETCONF,
  RTM_NEWNSID,
  RTM_NEWQDISC,
  RTM_NEWROUTE,
  RTM_NEWRULE,
  TCMSG_BYTES,
} from '../rtnetlink/codec/message-types.js';
import { decodeNeighbour, type NeighbourMessage } from '../rtnetlink/codec/neighbour.js';
import { decodeNetconf, type NetconfMessage } from '../rtnetlink/codec/netconf.js';
import { decodeNsid } from '../rtnetlink/codec/nsid.js';
import { decodeQdisc, type QdiscMessage } from '../rtnetlink/codec/qdisc.js';
import { decodeRoute, type RouteMessage } from '../rtnetlink/codec/route.js';
import { decodeRule, type RuleMessage } from '../rtnetlink/codec/rule.js';

/** What an event is about. `new-…` also stands for a change. */
export type EventType =
  | 'new-link'
  | 'del-link'
  | 'new-address'
  | 'del-address'
  | 'new-route'
  | 'del-route'
  | 'new-neighbour'
  | 'del-neighbour'
  | 'new-rule'
  | 'del-rule'
  | 'new-netconf'
  | 'del-netconf'
  | 'new-qdisc'
  | 'del-qdisc'
  | 'new-nsid'
  | 'del-nsid';

/** The decoded body of an event, by its type: `link`, `address` … An nsid event's body is the number. */
export type EventBody =
  | LinkMessage
  | AddressMessage
  | RouteMessage
  | RuleMessage
  | NeighbourMessage
  | FdbMessage
  | NetconfMessage
  | QdiscMessage
  | { readonly nsid: number };

type Decode = (frame: Frame, start: number, end: number) => EventBody | null;

/** How an event of one kind is read. */
export interface EventKind {
  readonly type: EventType;
  /** Finds the ifindex without decoding the rest; null when the event is about none, or about several. */
  readonly ifindex: (frame: Frame, start: number, end: number) => number | null;
  readonly decode: Decode;
}

/** Kinds by RTM_* number. */
export const EVENT_KINDS: ReadonlyMap<number, EventKind> = new Map([
  ...pair('link', [RTM_NEWLINK, RTM_DELLINK], fixed(4, IFINFO_BYTES), decodeLink),
  ...pair('address', [RTM_NEWADDR, RTM_DELADDR], fixed(4, IFADDR_BYTES), decodeAddress),
  ...pair('route', [RTM_NEWROUTE, RTM_DELROUTE], (...body) => decodeRoute(...body)?.oif ?? null, decodeRoute),
  ...pair('rule', [RTM_NEWRULE, RTM_DELRULE], () => null, decodeRule),
  ...pair('neighbour', [RTM_NEWNEIGH, RTM_DELNEIGH], fixed(4, NDMSG_BYTES), decodeEntry),
  ...pair('netconf', [RTM_NEWNETCONF, RTM_DELNETCONF], interfaceOfNetconf, decodeNetconf),
  ...pair('qdisc', [RTM_NEWQDISC, RTM_DELQDISC], fixed(4, TCMSG_BYTES), decodeQdisc),
  ...pair('nsid', [RTM_NEWNSID, RTM_DELNSID], () => null, decodeNsidBody),
]);

function pair<Name extends 'link' | 'address' | 'route' | 'rule' | 'neighbour' | 'netconf' | 'qdisc' | 'nsid'>(
  name: Name,
  types: readonly [added: number, removed: number],
  ifindex: EventKind['ifindex'],
  decode: Decode,
): [number, EventKind][] {
  return [
    [types[0], { type: `new-${name}`, ifindex, decode }],
    [types[1], { type: `del-${name}`, ifindex, decode }],
  ];
}

function fixed(offset: number, headerBytes: number): EventKind['ifindex'] {
  return (frame, start, end) => {
    const whole = end - start >= headerBytes && end <= frame.bytes.length;
    return whole ? frame.view.getInt32(start + offset, true) : null;
  };
}

/** Forwarding tables of bridges speak of themselves as neighbours (AF_BRIDGE). */
function decodeEntry(frame: Frame, start: number, end: number): EventBody | null {
  return decodeNeighbour(frame, start, end) ?? decodeFdb(frame, start, end);
}

/** Settings of "all" (-1) and "default" (-2) are no interface's. */
function interfaceOfNetconf(frame: Frame, start: number, end: number): number | null {
  const ifindex = decodeNetconf(frame, start, end)?.ifindex ?? null;
  return ifindex !== null && ifindex > 0 ? ifindex : null;
}

function decodeNsidBody(frame: Frame, start: number, end: number): EventBody | null {
  const nsid = decodeNsid(frame, start, end);
  return nsid === null ? null : { nsid };
}
