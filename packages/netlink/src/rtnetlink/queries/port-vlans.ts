import { AF_BRIDGE } from '../../libc/constants.js';
import { RTM_GETLINK } from '../codec/message-types.js';
import { decodePortVlans, type PortVlansMessage } from '../codec/port-vlans.js';
import type { Exchange } from '../exchange.js';

const IFLA_EXT_MASK = 29;
const RTEXT_FILTER_BRVLAN = 1 << 1;

/** The VLANs of every port of every bridge, and of the bridges themselves; empty in a kernel without VLAN filtering. */
export function portVlans(exchange: Exchange): PortVlansMessage[] {
  return exchange.dump({
    label: 'RTM_GETLINK AF_BRIDGE',
    type: RTM_GETLINK,
    encode: (writer) => {
      writer.u32(AF_BRIDGE);
      for (let word = 1; word < 4; word++) writer.u32(0);
      writer.attributeU32(IFLA_EXT_MASK, RTEXT_FILTER_BRVLAN);
    },
    decode: decodePortVlans,
  });
}
