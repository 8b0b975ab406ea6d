import { NetlinkError } from '../../errors/netlink-error.js';
import { EAFNOSUPPORT, EOPNOTSUPP } from '../../libc/constants.js';
import type { Family } from '../codec/ip-address.js';
import { RTM_GETNETCONF } from '../codec/message-types.js';
import { decodeNetconf, NETCONFA_IFINDEX, NETCONFA_IFINDEX_ALL } from '../codec/netconf.js';
import type { Exchange } from '../exchange.js';
import { kernelFamily } from './addresses.js';

/** Whether a namespace forwards, per family. */
export interface ForwardingSettings {
  readonly ipv4: { readonly forwarding: boolean };
  readonly ipv6: { readonly forwarding: boolean };
}

/** Reads `net.ipv4.conf.all.forwarding` (the same as `ip_forward`) and `net.ipv6.conf.all.forwarding`. */
export function netconf(exchange: Exchange): ForwardingSettings {
  return { ipv4: { forwarding: forwards(exchange, 4) }, ipv6: { forwarding: forwards(exchange, 6) } };
}

function forwards(exchange: Exchange, family: Family): boolean {
  try {
    const all = exchange.get({
      label: 'RTM_GETNETCONF',
      type: RTM_GETNETCONF,
      encode: (writer) => {
        writer.u32(kernelFamily(family));
        writer.attributeU32(NETCONFA_IFINDEX, NETCONFA_IFINDEX_ALL);
      },
      decode: decodeNetconf,
    });
    return all?.forwarding ?? false;
  } catch (error) {
    // A kernel without IPv6 does not know the question, and does not forward.
    if (error instanceof NetlinkError && (error.errno === EOPNOTSUPP || error.errno === EAFNOSUPPORT)) return false;
    throw error;
  }
}
