import { NetlinkError } from '../../errors/netlink-error.js';
import { ENODEV, ENOENT } from '../../libc/constants.js';
import type { Family } from '../codec/ip-address.js';
import { RTM_GETROUTE } from '../codec/message-types.js';
import { decodeRoute, type RouteMessage } from '../codec/route.js';
import type { Exchange } from '../exchange.js';
import { kernelFamily } from './addresses.js';

/** Which routes; all tables of both families without anything. */
export interface RouteQuery {
  readonly family?: Family;
  /** The way out; multipath routes are found by any of theirs. */
  readonly ifindex?: number;
  /** 254 is the main table. */
  readonly table?: number;
}

const RTA_OIF = 4;
const RTA_TABLE = 15;

/** A table or an interface that does not exist has no routes. */
export function routes(exchange: Exchange, query: RouteQuery): RouteMessage[] {
  const { ifindex, table } = query;
  try {
    const found = exchange.dump({
      label: 'RTM_GETROUTE',
      type: RTM_GETROUTE,
      encode: (writer) => {
        writer.u32(kernelFamily(query.family));
        writer.u32(0);
        writer.u32(0);
        if (table !== undefined) writer.attributeU32(RTA_TABLE, table);
        if (ifindex !== undefined) writer.attributeU32(RTA_OIF, ifindex);
      },
      decode: decodeRoute,
    });
    return found.filter((route) => (table === undefined || route.table === table) && leadsOut(route, ifindex));
  } catch (error) {
    if (error instanceof NetlinkError && (error.errno === ENODEV || error.errno === ENOENT)) return [];
    throw error;
  }
}

function leadsOut(route: RouteMessage, ifindex: number | undefined): boolean {
  return ifindex === undefined || route.oif === ifindex || route.nexthops.some((hop) => hop.oif === ifindex);
}
