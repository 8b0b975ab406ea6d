import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import type { Family } from './ip-address.js';
import { NDMSG_BYTES } from './message-types.js';

/** One entry of the ARP or NDP table, as RTM_NEWNEIGH tells it. */
export interface NeighbourMessage {
  readonly ifindex: number;
  readonly family: Family;
  readonly address: string;
  readonly mac: string | null;
  /** As `ip neigh` names them, lower case. */
  readonly state: NeighbourState;
  /** NTF_* bits of linux/neighbour.h. */
  readonly flags: number;
  /** It announced itself as a router (NTF_ROUTER). */
  readonly router: boolean;
}

export type NeighbourState =
  | 'none'
  | 'incomplete'
  | 'reachable'
  | 'stale'
  | 'delay'
  | 'probe'
  | 'failed'
  | 'noarp'
  | 'permanent';

const NDA_DST = 1;
const NDA_LLADDR = 2;
const NTF_ROUTER = 0x80;

/** Reads the body of RTM_NEWNEIGH or RTM_DELNEIGH; null when it is cut short or neither ARP nor NDP. */
export function decodeNeighbour(frame: Frame, start: number, end: number): NeighbourMessage | null {
  if (end - start < NDMSG_BYTES || end > frame.bytes.length) return null;
  const { view } = frame;
  const family = view.getUint8(start);
  if (family !== AF_INET && family !== AF_INET6) return null;
  let address: string | null = null;
  let mac: string | null = null;
  const attribute = new Attributes(frame, start + NDMSG_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === NDA_DST) address = attribute.ip();
    else if (attribute.type === NDA_LLADDR) mac = attribute.mac();
  }
  if (address === null) return null;
  const flags = view.getUint8(start + 10);
  return {
    ifindex: view.getInt32(start + 4, true),
    family: family === AF_INET ? 4 : 6,
    address,
    mac,
    state: stateName(view.getUint16(start + 8, true)),
    flags,
    router: (flags & NTF_ROUTER) !== 0,
  };
}

/** NUD_* bits; one is set at a time. */
function stateName(state: number): NeighbourState {
  switch (state) {
    case 0x01:
      return 'incomplete';
    case 0x02:
      return 'reachable';
    case 0x04:
      return 'stale';
    case 0x08:
      return 'delay';
    case 0x10:
      return 'probe';
    case 0x20:
      return 'failed';
    case 0x40:
      return 'noarp';
    case 0x80:
      return 'permanent';
    default:
      return 'none';
  }
}
