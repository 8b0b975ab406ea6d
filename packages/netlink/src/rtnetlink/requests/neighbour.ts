import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { familyOf, parseIp } from '../codec/ip-address.js';
import { RTM_DELNEIGH } from '../codec/message-types.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';

const NDA_DST = 1;

/**
 * Forgets an entry of the ARP or NDP table, as `ip neigh del` does; it is learnt again when it is needed. ENOENT when there is
 * none. The tables of all namespaces share one limit (net.ipv4.neigh.default.gc_thresh3 of the initial namespace), arp(7).
 */
export function deleteNeighbour(spec: { readonly ifindex: number; readonly address: string }): Request {
  const { ifindex, address } = spec;
  checkUnsigned(ifindex, 'ifindex');
  const family = familyOf(address);
  const bytes = parseIp(address, family);
  return {
    label: `RTM_DELNEIGH ${address}`,
    type: RTM_DELNEIGH,
    flags: 0,
    encode: (writer) => {
      // struct ndmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u16 state; u8 flags; u8 type }, linux/neighbour.h
      writer.u32(family === 4 ? AF_INET : AF_INET6);
      writer.u32(ifindex);
      writer.u32(0);
      writer.attribute(NDA_DST, bytes);
    },
  };
}
