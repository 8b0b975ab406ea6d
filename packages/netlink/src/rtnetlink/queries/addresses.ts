import { NetlinkError } from '../../errors/netlink-error.js';
import { AF_INET, AF_INET6, ENODEV } from '../../libc/constants.js';
import { type AddressMessage, decodeAddress } from '../codec/address.js';
import type { Family } from '../codec/ip-address.js';
import { RTM_GETADDR } from '../codec/message-types.js';
import type { Exchange } from '../exchange.js';

/** Which addresses; all of both families without anything. */
export interface AddressQuery {
  readonly ifindex?: number;
  readonly family?: Family;
}

/** Addresses of an interface that does not exist are an empty list. */
export function addresses(exchange: Exchange, query: AddressQuery): AddressMessage[] {
  const { ifindex, family } = query;
  try {
    const found = exchange.dump({
      label: 'RTM_GETADDR',
      type: RTM_GETADDR,
      encode: (writer) => {
        writer.u8(kernelFamily(family));
        writer.u8(0);
        writer.u16(0);
        writer.u32(ifindex ?? 0);
      },
      decode: decodeAddress,
    });
    return ifindex === undefined ? found : found.filter((address) => address.ifindex === ifindex);
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === ENODEV) return [];
    throw error;
  }
}

/** AF_INET, AF_INET6, or AF_UNSPEC (0) for both. */
export function kernelFamily(family: Family | undefined): number {
  if (family === undefined) return 0;
  return family === 4 ? AF_INET : AF_INET6;
}
