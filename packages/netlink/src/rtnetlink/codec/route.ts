import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { type AddressScope, scopeName } from './address.js';
import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { type Family, formatIp } from './ip-address.js';
import { align4, RTMSG_BYTES } from './message-types.js';

/** One way out of a route with several. */
export interface Nexthop {
  readonly gateway: string | null;
  readonly oif: number | null;
  /** 1 to 256: its share among the others. */
  readonly weight: number;
  readonly dead: boolean;
  readonly linkdown: boolean;
}

/** What happens to a packet that takes the route; `other` for the rest of rtnetlink(7). */
export type RouteType =
  | 'unicast'
  | 'local'
  | 'broadcast'
  | 'anycast'
  | 'multicast'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'throw'
  | 'other';

/** One route, as RTM_NEWROUTE tells it. */
export interface RouteMessage {
  readonly family: Family;
  /** Null: the default route (prefix length 0). */
  readonly dst: string | null;
  readonly prefixLength: number;
  readonly gateway: string | null;
  /** ifindex of the way out; null for a route without one, or with several (`nexthops`). */
  readonly oif: number | null;
  /** 0 in IPv4 means none; IPv6 writes 1024 when none was given. */
  readonly metric: number;
  /** 254 main, 255 local. */
  readonly table: number;
  /** 2 kernel, 3 boot, 4 static, 9 router advertisement, 16 dhcp. */
  readonly protocol: number;
  readonly scope: AddressScope;
  readonly scopeNumber: number;
  readonly type: RouteType;
  readonly prefsrc: string | null;
  /** RTNH_F_* bits. */
  readonly flags: number;
  /** The interface has no carrier: the route exists and is not used. */
  readonly linkdown: boolean;
  readonly dead: boolean;
  readonly onlink: boolean;
  /** The ways out of a multipath route; empty for all others. */
  readonly nexthops: readonly Nexthop[];
}

const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_PREFSRC = 7;
const RTA_MULTIPATH = 9;
const RTA_TABLE = 15;
const RTA_VIA = 18;
const RTNH_F_DEAD = 0x1;
const RTNH_F_ONLINK = 0x4;
const RTNH_F_LINKDOWN = 0x10;
const TYPES: readonly RouteType[] = [
  'other',
  'unicast',
  'local',
  'broadcast',
  'anycast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
  'throw',
];
const NO_NEXTHOPS: readonly Nexthop[] = [];

type Draft = { -readonly [K in keyof RouteMessage]: RouteMessage[K] };

/** Reads the body of RTM_NEWROUTE or RTM_DELROUTE; null when it is cut short or neither IPv4 nor IPv6. */
export function decodeRoute(frame: Frame, start: number, end: number): RouteMessage | null {
  if (end - start < RTMSG_BYTES || end > frame.bytes.length) return null;
  const family = frame.view.getUint8(start);
  if (family !== AF_INET && family !== AF_INET6) return null;
  const route = emptyRoute(frame.view, start, family === AF_INET ? 4 : 6);
  const attribute = new Attributes(frame, start + RTMSG_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === RTA_DST) route.dst = attribute.ip();
    else if (attribute.type === RTA_OIF) route.oif = attribute.u32(0) || null;
    else if (attribute.type === RTA_GATEWAY) route.gateway = attribute.ip();
    else if (attribute.type === RTA_VIA) route.gateway = viaAddress(frame, attribute);
    else if (attribute.type === RTA_PRIORITY) route.metric = attribute.u32(0);
    else if (attribute.type === RTA_PREFSRC) route.prefsrc = attribute.ip();
    else if (attribute.type === RTA_TABLE) route.table = attribute.u32(route.table);
    else if (attribute.type === RTA_MULTIPATH) route.nexthops = readNexthops(frame, attribute.start, attribute.end);
  }
  if (route.prefixLength === 0) route.dst = null;
  return route;
}

function emptyRoute(view: DataView, start: number, family: Family): Draft {
  const flags = view.getUint32(start + 8, true);
  const scopeNumber = view.getUint8(start + 6);
  return {
    family,
    dst: null,
    prefixLength: view.getUint8(start + 1),
    gateway: null,
    oif: null,
    metric: 0,
    table: view.getUint8(start + 4),
    protocol: view.getUint8(start + 5),
    scope: scopeName(scopeNumber),
    scopeNumber,
    type: TYPES[view.getUint8(start + 7)] ?? 'other',
    prefsrc: null,
    flags,
    linkdown: (flags & RTNH_F_LINKDOWN) !== 0,
    dead: (flags & RTNH_F_DEAD) !== 0,
    onlink: (flags & RTNH_F_ONLINK) !== 0,
    nexthops: NO_NEXTHOPS,
  };
}

/** struct rtvia { u16 family; u8 address[] }: a gateway of the other family. */
function viaAddress(frame: Frame, attribute: Attributes): string | null {
  return formatIp(frame.bytes, attribute.start + 2, attribute.end - attribute.start - 2);
}

/** struct rtnexthop { u16 length; u8 flags; u8 hops; s32 ifindex } */
const NEXTHOP_BYTES = 8;

function readNexthops(frame: Frame, start: number, end: number): readonly Nexthop[] {
  const { view } = frame;
  const found: Nexthop[] = [];
  for (let at = start; at + NEXTHOP_BYTES <= end; ) {
    const length = view.getUint16(at, true);
    if (length < NEXTHOP_BYTES || at + length > end) break;
    const flags = view.getUint8(at + 2);
    let gateway: string | null = null;
    const attribute = new Attributes(frame, at + NEXTHOP_BYTES, at + length);
    while (attribute.next()) {
      if (attribute.type === RTA_GATEWAY) gateway = attribute.ip();
      else if (attribute.type === RTA_VIA) gateway = viaAddress(frame, attribute);
    }
    found.push({
      gateway,
      oif: view.getInt32(at + 4, true) || null,
      weight: view.getUint8(at + 3) + 1,
      dead: (flags & RTNH_F_DEAD) !== 0,
      linkdown: (flags & RTNH_F_LINKDOWN) !== 0,
    });
    at += align4(length);
  }
  return found;
}
