import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { IFINFO_BYTES } from './message-types.js';

/** The VLANs that a port of a bridge takes part in, or the bridge itself. */
export interface PortVlansMessage {
  readonly ifindex: number;
  readonly vlans: readonly PortVlanInfo[];
}

export interface PortVlanInfo {
  readonly id: number;
  /** Frames that come in without a tag belong to it. */
  readonly pvid: boolean;
  /** Its frames leave without a tag. */
  readonly untagged: boolean;
}

const IFLA_AF_SPEC = 26;
const IFLA_BRIDGE_VLAN_INFO = 2;
const BRIDGE_VLAN_INFO_PVID = 1 << 1;
const BRIDGE_VLAN_INFO_UNTAGGED = 1 << 2;

/** Reads RTM_NEWLINK of the bridge family, asked with RTEXT_FILTER_BRVLAN. Null without a word about VLANs. */
export function decodePortVlans(frame: Frame, start: number, end: number): PortVlansMessage | null {
  if (end - start < IFINFO_BYTES || end > frame.bytes.length) return null;
  const vlans: PortVlanInfo[] = [];
  let isTold = false;
  const attribute = new Attributes(frame, start + IFINFO_BYTES, end);
  while (attribute.next()) {
    if (attribute.type !== IFLA_AF_SPEC) continue;
    isTold = true;
    const info = attribute.nested();
    while (info.next()) {
      if (info.type !== IFLA_BRIDGE_VLAN_INFO || info.end - info.start < 4) continue;
      const flags = frame.view.getUint16(info.start, true);
      vlans.push({
        id: frame.view.getUint16(info.start + 2, true),
        pvid: (flags & BRIDGE_VLAN_INFO_PVID) !== 0,
        untagged: (flags & BRIDGE_VLAN_INFO_UNTAGGED) !== 0,
      });
    }
  }
  return isTold ? { ifindex: frame.view.getInt32(start + 4, true), vlans } : null;
}
