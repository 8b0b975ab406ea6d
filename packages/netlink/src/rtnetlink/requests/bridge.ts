import { AF_BRIDGE } from '../../libc/constants.js';
import { RTM_DELLINK, RTM_NEWLINK, RTM_SETLINK } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';

/** What to change on a bridge; what is left out stays. ip-link(8), "BRIDGE type support". */
export interface BridgeChange {
  readonly ifindex: number;
  /** Spanning tree, IEEE 802.1D. */
  readonly stp?: boolean;
  /** Keeps VLANs apart. EOPNOTSUPP in a kernel without CONFIG_BRIDGE_VLAN_FILTERING. */
  readonly vlanFiltering?: boolean;
  /** Seconds that a port listens, and again that it learns, before it forwards: 2 to 30. */
  readonly forwardDelaySeconds?: number;
  /** Seconds from one message of spanning tree to the next: 1 to 10. */
  readonly helloTimeSeconds?: number;
  /** Seconds until a neighbour that says nothing counts as gone: 6 to 40. */
  readonly maxAgeSeconds?: number;
}

/** A VLAN of a bridge port, bridge(8). */
export interface PortVlanSpec {
  readonly id: number;
  /** Frames that come in without a tag belong to it. */
  readonly pvid?: boolean;
  /** Its frames leave without a tag. */
  readonly untagged?: boolean;
}

const IFLA_LINKINFO = 18;
const IFLA_AF_SPEC = 26;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_BR_FORWARD_DELAY = 1;
const IFLA_BR_HELLO_TIME = 2;
const IFLA_BR_MAX_AGE = 3;
const IFLA_BR_STP_STATE = 5;
const IFLA_BR_VLAN_FILTERING = 7;
const IFLA_BRIDGE_VLAN_INFO = 2;
const BRIDGE_VLAN_INFO_PVID = 1 << 1;
const BRIDGE_VLAN_INFO_UNTAGGED = 1 << 2;
/** Times of a bridge are in hundredths of a second towards user space (USER_HZ). */
const TICKS_PER_SECOND = 100;
const LARGEST_VLAN = 4094;

/** Changes a bridge in place. */
export function setBridge(change: BridgeChange): Request {
  checkUnsigned(change.ifindex, 'ifindex');
  const { stp, vlanFiltering, forwardDelaySeconds, helloTimeSeconds, maxAgeSeconds } = change;
  const times = [
    [IFLA_BR_FORWARD_DELAY, forwardDelaySeconds],
    [IFLA_BR_HELLO_TIME, helloTimeSeconds],
    [IFLA_BR_MAX_AGE, maxAgeSeconds],
  ] as const;
  return {
    label: `RTM_NEWLINK bridge ${change.ifindex}`,
    type: RTM_NEWLINK,
    flags: 0,
    encode: (writer) => {
      writer.interfaceHeader(change.ifindex, 0, 0);
      const info = writer.nest(IFLA_LINKINFO);
      writer.attributeText(IFLA_INFO_KIND, 'bridge');
      const data = writer.nest(IFLA_INFO_DATA);
      for (const [type, seconds] of times)
        if (seconds !== undefined) writer.attributeU32(type, Math.round(seconds * TICKS_PER_SECOND));
      if (stp !== undefined) writer.attributeU32(IFLA_BR_STP_STATE, stp ? 1 : 0);
      if (vlanFiltering !== undefined) writer.attributeU8(IFLA_BR_VLAN_FILTERING, vlanFiltering ? 1 : 0);
      writer.unnest(data);
      writer.unnest(info);
    },
  };
}

/** Lets a port take part in VLANs, or changes how it does. A new PVID takes the place of the one before. */
export function addPortVlans({
  ifindex,
  vlans,
}: {
  readonly ifindex: number;
  readonly vlans: readonly PortVlanSpec[];
}): Request {
  return request(RTM_SETLINK, 'RTM_SETLINK', ifindex, vlans);
}

/** The port takes part in these no more. */
export function deletePortVlans({
  ifindex,
  ids,
}: {
  readonly ifindex: number;
  readonly ids: readonly number[];
}): Request {
  return request(
    RTM_DELLINK,
    'RTM_DELLINK',
    ifindex,
    ids.map((id) => ({ id })),
  );
}

function request(type: number, name: string, ifindex: number, vlans: readonly PortVlanSpec[]): Request {
  checkUnsigned(ifindex, 'ifindex');
  for (const { id } of vlans)
    if (!Number.isInteger(id) || id < 1 || id > LARGEST_VLAN) throw new RangeError(`vlan cannot be ${id}`);
  return {
    label: `${name} vlans of ${ifindex}`,
    type,
    flags: 0,
    encode: (writer) => {
      header(writer, ifindex);
      const spec = writer.nest(IFLA_AF_SPEC);
      for (const { id, pvid, untagged } of vlans) {
        // struct bridge_vlan_info { u16 flags; u16 vid }
        const info = writer.nest(IFLA_BRIDGE_VLAN_INFO);
        writer.u16((pvid === true ? BRIDGE_VLAN_INFO_PVID : 0) | (untagged === true ? BRIDGE_VLAN_INFO_UNTAGGED : 0));
        writer.u16(id);
        writer.unnest(info);
      }
      writer.unnest(spec);
    },
  };
}

/** struct ifinfomsg of the bridge family */
function header(writer: MessageWriter, ifindex: number): void {
  writer.u32(AF_BRIDGE);
  writer.u32(ifindex);
  writer.u32(0);
  writer.u32(0);
}
