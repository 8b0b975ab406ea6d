import { NetlinkError } from '../../errors/netlink-error.js';
import { AF_BRIDGE, ENODEV } from '../../libc/constants.js';
import { decodeFdb, type FdbMessage } from '../codec/fdb.js';
import { RTM_GETNEIGH } from '../codec/message-types.js';
import type { Exchange } from '../exchange.js';

/** Which entries; all of all bridges without anything. */
export interface FdbQuery {
  /** ifindex of a bridge. */
  readonly bridge?: number;
}

const NDA_MASTER = 9;

/** A bridge that does not exist has no entries. */
export function fdb(exchange: Exchange, { bridge }: FdbQuery): FdbMessage[] {
  try {
    const found = exchange.dump({
      label: 'RTM_GETNEIGH AF_BRIDGE',
      type: RTM_GETNEIGH,
      encode: (writer) => {
        writer.u32(AF_BRIDGE);
        writer.u32(0);
        writer.u32(0);
        if (bridge !== undefined) writer.attributeU32(NDA_MASTER, bridge);
      },
      decode: decodeFdb,
    });
    return bridge === undefined ? found : found.filter(({ master }) => master === bridge);
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === ENODEV) return [];
    throw error;
  }
}
