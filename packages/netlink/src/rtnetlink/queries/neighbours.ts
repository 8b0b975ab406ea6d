import { NetlinkError } from '../../errors/netlink-error.js';
import { ENODEV } from '../../libc/constants.js';
import type { Family } from '../codec/ip-address.js';
import { RTM_GETNEIGH } from '../codec/message-types.js';
import { decodeNeighbour, type NeighbourMessage } from '../codec/neighbour.js';
import type { Exchange } from '../exchange.js';
import { kernelFamily } from './addresses.js';

/** Which neighbours; all of both families without anything. */
export interface NeighbourQuery {
  readonly ifindex?: number;
  readonly family?: Family;
}

const NDA_IFINDEX = 8;

/** Entries that need no resolving (`noarp`: multicast, loopback) are among them; `ip neigh` leaves them out. */
export function neighbours(exchange: Exchange, query: NeighbourQuery): NeighbourMessage[] {
  const { ifindex, family } = query;
  try {
    const found = exchange.dump({
      label: 'RTM_GETNEIGH',
      type: RTM_GETNEIGH,
      encode: (writer) => {
        writer.u32(kernelFamily(family));
        writer.u32(0);
        writer.u32(0);
        if (ifindex !== undefined) writer.attributeU32(NDA_IFINDEX, ifindex);
      },
      decode: decodeNeighbour,
    });
    return ifindex === undefined ? found : found.filter((neighbour) => neighbour.ifindex === ifindex);
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === ENODEV) return [];
    throw error;
  }
}
