import { AF_BRIDGE } from '../../libc/constants.js';
import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { NDMSG_BYTES } from './message-types.js';

/** One entry of a forwarding table, as RTM_NEWNEIGH tells it for AF_BRIDGE (bridge(8), `bridge fdb`). */
export interface FdbMessage {
  readonly ifindex: number;
  readonly mac: string;
  readonly vlan: number | null;
  /** ifindex of the bridge that has the entry; null for an interface's own list of addresses it listens to. */
  readonly master: number | null;
  /** `permanent`: the bridge's or a port's own address. `static`: set by hand. `learned`: seen in traffic, and it ages. */
  readonly state: 'permanent' | 'static' | 'learned' | 'stale';
  /** The interface's own list (NTF_SELF), not a bridge's. */
  readonly self: boolean;
  /** VXLAN: the address behind which the MAC is. */
  readonly remote: string | null;
}

const NDA_DST = 1;
const NDA_LLADDR = 2;
const NDA_VLAN = 5;
const NDA_MASTER = 9;
const NTF_SELF = 0x02;
const NUD_STALE = 0x04;
const NUD_NOARP = 0x40;
const NUD_PERMANENT = 0x80;

/** Reads the body of RTM_NEWNEIGH or RTM_DELNEIGH about a bridge; null when it is cut short or of another family. */
export function decodeFdb(frame: Frame, start: number, end: number): FdbMessage | null {
  if (end - start < NDMSG_BYTES || end > frame.bytes.length) return null;
  const { view } = frame;
  if (view.getUint8(start) !== AF_BRIDGE) return null;
  let mac: string | null = null;
  let vlan: number | null = null;
  let master: number | null = null;
  let remote: string | null = null;
  const attribute = new Attributes(frame, start + NDMSG_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === NDA_LLADDR) mac = attribute.mac();
    else if (attribute.type === NDA_DST) remote = attribute.ip();
    else if (attribute.type === NDA_MASTER) master = attribute.u32(0) || null;
    else if (attribute.type === NDA_VLAN && attribute.end - attribute.start >= 2)
      vlan = view.getUint16(attribute.start, true);
  }
  if (mac === null) return null;
  return {
    ifindex: view.getInt32(start + 4, true),
    mac,
    vlan,
    master,
    state: stateName(view.getUint16(start + 8, true)),
    self: (view.getUint8(start + 10) & NTF_SELF) !== 0,
    remote,
  };
}

/** NUD_* bits, in the words of bridge(8). */
function stateName(state: number): FdbMessage['state'] {
  if (state & NUD_PERMANENT) return 'permanent';
  if (state & NUD_NOARP) return 'static';
  if (state & NUD_STALE) return 'stale';
  return 'learned';
}
