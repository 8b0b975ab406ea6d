import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { type Family, familyOf, parseIp } from '../codec/ip-address.js';
import { NLM_F_CREATE, NLM_F_EXCL, NLM_F_REPLACE, RTM_DELROUTE, RTM_NEWROUTE } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { RouteType } from '../codec/route.js';
import type { Request } from '../request.js';
import { checkPrefixLength, checkUnsigned } from './checks.js';

/** A route of a namespace. */
export interface RouteSpec {
  readonly family: Family;
  /** Network address; null for the default route. */
  readonly dst: string | null;
  /** 0 for the default route. */
  readonly prefixLength: number;
  /** May be of the other family (IPv4 over an IPv6 neighbour). */
  readonly gateway?: string;
  /** ifindex of the way out. The kernel finds it by the gateway when it is left out. */
  readonly oif?: number;
  /** 0, or left out: none in IPv4, 1024 in IPv6. */
  readonly metric?: number;
  /** Default: 254, main. */
  readonly table?: number;
  /** Who made it, rtnetlink(7): 3 boot (the default, as with `ip route`), 4 static. When deleting: only one of this protocol. */
  readonly protocol?: number;
  /** Default: `unicast`. */
  readonly type?: 'unicast' | 'blackhole' | 'unreachable' | 'prohibit';
  /** Take the gateway's word that it is on the link of `oif`. */
  readonly onlink?: boolean;
}

const RTA_DST = 1;
const RTA_OIF = 4;
const RTA_GATEWAY = 5;
const RTA_PRIORITY = 6;
const RTA_TABLE = 15;
const RTA_VIA = 18;
const RT_TABLE_UNSPEC = 0;
const RT_TABLE_MAIN = 254;
const RTPROT_UNSPEC = 0;
const RTPROT_BOOT = 3;
const SCOPE_UNIVERSE = 0;
const SCOPE_LINK = 253;
const SCOPE_NOWHERE = 255;
const RTNH_F_ONLINK = 0x4;
const TYPE_NUMBERS = { unicast: 1, blackhole: 6, unreachable: 7, prohibit: 8 } satisfies Partial<
  Record<RouteType, number>
>;

/** Adds a route. Refused with EEXIST when there is one to the same place with the same metric. */
export function newRoute(spec: RouteSpec): Request {
  return request('RTM_NEWROUTE', RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, spec, RTPROT_BOOT);
}

/** Adds a route, or puts it in the place of the one with the same destination and metric (`ip route replace`). */
export function replaceRoute(spec: RouteSpec): Request {
  return request('RTM_NEWROUTE', RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, spec, RTPROT_BOOT);
}

/** Removes the first route that fits what is given. ESRCH when none does. */
export function deleteRoute(spec: RouteSpec): Request {
  return request('RTM_DELROUTE', RTM_DELROUTE, 0, spec, RTPROT_UNSPEC);
}

function request(name: string, type: number, flags: number, spec: RouteSpec, protocol: number): Request {
  const { family, prefixLength, oif, metric, table = RT_TABLE_MAIN } = spec;
  checkPrefixLength(prefixLength, family);
  if (oif !== undefined) checkUnsigned(oif, 'oif');
  if (metric !== undefined) checkUnsigned(metric, 'metric');
  checkUnsigned(table, 'table');
  if (spec.dst === null && prefixLength !== 0) throw new RangeError('the default route has the prefix length 0');
  const dst = spec.dst === null ? null : parseIp(spec.dst, family);
  const gateway = prepareGateway(spec.gateway, family);
  const scope = type === RTM_DELROUTE ? SCOPE_NOWHERE : defaultScope(spec);
  return {
    label: `${name} ${spec.dst ?? 'default'}/${prefixLength}`,
    type,
    flags,
    encode: (writer) => {
      writer.u8(family === 4 ? AF_INET : AF_INET6);
      writer.u8(prefixLength);
      writer.u8(0);
      writer.u8(0);
      writer.u8(table > 255 ? RT_TABLE_UNSPEC : table);
      writer.u8(spec.protocol ?? protocol);
      writer.u8(scope);
      writer.u8(type === RTM_DELROUTE && spec.type === undefined ? 0 : TYPE_NUMBERS[spec.type ?? 'unicast']);
      writer.u32(spec.onlink === true ? RTNH_F_ONLINK : 0);
      if (dst !== null && prefixLength > 0) writer.attribute(RTA_DST, dst);
      if (table > 255) writer.attributeU32(RTA_TABLE, table);
      gateway?.(writer);
      if (oif !== undefined) writer.attributeU32(RTA_OIF, oif);
      if (metric !== undefined) writer.attributeU32(RTA_PRIORITY, metric);
    },
  };
}

/** A gateway of the route's own family is RTA_GATEWAY; one of the other family is struct rtvia { u16 family; u8 address[] }. */
function prepareGateway(text: string | undefined, family: Family): ((writer: MessageWriter) => void) | null {
  if (text === undefined) return null;
  const gatewayFamily = familyOf(text);
  const bytes = parseIp(text, gatewayFamily);
  if (gatewayFamily === family) return (writer) => writer.attribute(RTA_GATEWAY, bytes);
  const via = Uint8Array.of(gatewayFamily === 4 ? AF_INET : AF_INET6, 0, ...bytes);
  return (writer) => writer.attribute(RTA_VIA, via);
}

/** As iproute2: what is reached without a gateway is on the link. IPv6 has no scopes of routes. */
function defaultScope(spec: RouteSpec): number {
  const direct = spec.gateway === undefined && (spec.type ?? 'unicast') === 'unicast';
  return spec.family === 4 && direct ? SCOPE_LINK : SCOPE_UNIVERSE;
}
