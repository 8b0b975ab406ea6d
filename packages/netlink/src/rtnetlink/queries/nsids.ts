import { RTM_GETNSID } from '../codec/message-types.js';
import { decodeNsid, NETNSA_FD } from '../codec/nsid.js';
import type { Exchange } from '../exchange.js';

/** The nsid of a namespace as the socket's namespace knows it; null when it has none. */
export function nsidOf(exchange: Exchange, namespaceFd: number): number | null {
  return exchange.get({
    label: 'RTM_GETNSID',
    type: RTM_GETNSID,
    encode: (writer) => {
      writer.u32(0);
      writer.attributeU32(NETNSA_FD, namespaceFd);
    },
    decode: decodeNsid,
  });
}

/** All nsids that the socket's namespace has given. */
export function nsids(exchange: Exchange): number[] {
  return exchange.dump({
    label: 'RTM_GETNSID',
    type: RTM_GETNSID,
    encode: (writer) => writer.u32(0),
    decode: decodeNsid,
  });
}
