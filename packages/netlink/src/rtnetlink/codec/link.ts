import { Attributes } from './attributes.js';
import { type DeviceSettings, decodeDevice } from './device.js';
import type { Frame } from './frame.js';
import { IFINFO_BYTES } from './message-types.js';
import { decodeStatistics, type InterfaceStatistics } from './statistics.js';

/** RFC 2863: the kernel's verdict on an interface. `unknown` is usable: a loopback, a bridge without ports. */
export type Operstate = 'unknown' | 'notpresent' | 'down' | 'lowerlayerdown' | 'testing' | 'dormant' | 'up';
/** State of a bridge port (linux/if_bridge.h). */
export type PortState = 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking';

/** One interface, as RTM_NEWLINK tells it. Names are the kernel's bytes and may be hostile. */
export interface LinkMessage {
  readonly ifindex: number;
  readonly ifname: string;
  /** Address family of the message: 0, or AF_BRIDGE (7) in events about a bridge port, which carry less. */
  readonly family: number;
  /** IFF_* bits of netdevice(7). */
  readonly flags: number;
  /** Admin state (IFF_UP). */
  readonly up: boolean;
  /** Whether there is somebody at the other end. */
  readonly carrier: boolean;
  readonly operstate: Operstate;
  /** Bytes; 0 when the message does not say. */
  readonly mtu: number;
  readonly mac: string | null;
  /** ifindex of the bridge, VRF or bond it belongs to. */
  readonly master: number | null;
  /** `veth`, `bridge`, `vrf` …; null for what has no kind, as the loopback. */
  readonly kind: string | null;
  /** ARPHRD_LOOPBACK by the hardware type. */
  readonly loopback: boolean;
  /** ifindex of the peer of a veth, or of the interface below; in another namespace if `linkNetnsid` is given. */
  readonly linkIndex: number | null;
  /** The namespace of `linkIndex`, as an nsid of the namespace asked; null: the same one; -1: one without a number. */
  readonly linkNetnsid: number | null;
  readonly isPort: boolean;
  /** Kind of the master, from the port's side: `bridge`, `vrf`. */
  readonly portKind: string | null;
  readonly portState: PortState | null;
  /** Spanning tree of a bridge; null for everything else. */
  readonly stp: boolean | null;
  /** What a VLAN, VXLAN, macvlan, GRE tunnel, bond or VRF is made with; null for everything else. */
  readonly device: DeviceSettings | null;
  /** Whether a bridge keeps VLANs apart; null for everything else, and in a kernel without CONFIG_BRIDGE_VLAN_FILTERING. */
  readonly vlanFiltering: boolean | null;
  /** Kind of the root qdisc: `noqueue` for a veth that is left alone, `tbf`, `netem` …; null when not told. */
  readonly qdisc: string | null;
  readonly altnames: readonly string[];
  /** Free text that somebody gave the interface (`ip link set … alias …`): whose it is, what it is for. */
  readonly alias: string | null;
  /** Only when statistics were asked for. */
  readonly statistics: InterfaceStatistics | null;
}

const IFF_UP = 0x1;
const IFF_LOWER_UP = 0x10000;
const ARPHRD_LOOPBACK = 772;
const IFLA_ADDRESS = 1;
const IFLA_IFNAME = 3;
const IFLA_MTU = 4;
const IFLA_LINK = 5;
const IFLA_QDISC = 6;
const IFLA_MASTER = 10;
const IFLA_OPERSTATE = 16;
const IFLA_LINKINFO = 18;
const IFLA_IFALIAS = 20;
const IFLA_STATS64 = 23;
const IFLA_CARRIER = 33;
const IFLA_LINK_NETNSID = 37;
const IFLA_PROP_LIST = 52;
const IFLA_ALT_IFNAME = 53;
const OPERSTATES: readonly Operstate[] = [
  'unknown',
  'notpresent',
  'down',
  'lowerlayerdown',
  'testing',
  'dormant',
  'up',
];
const NO_NAMES: readonly string[] = [];

type Draft = { -readonly [K in keyof LinkMessage]: LinkMessage[K] };

/** Reads the body of RTM_NEWLINK or RTM_DELLINK between two offsets; null when it is cut short. */
export function decodeLink(frame: Frame, start: number, end: number): LinkMessage | null {
  if (end - start < IFINFO_BYTES || end > frame.bytes.length) return null;
  const link = emptyLink(frame.view, start);
  const attributes = new Attributes(frame, start + IFINFO_BYTES, end);
  while (attributes.next()) readAttribute(link, attributes, frame);
  if (link.linkIndex === 0) link.linkIndex = null;
  return link;
}

function emptyLink(view: DataView, start: number): Draft {
  const flags = view.getUint32(start + 8, true);
  return {
    ifindex: view.getInt32(start + 4, true),
    ifname: '',
    family: view.getUint8(start),
    flags,
    up: (flags & IFF_UP) !== 0,
    carrier: (flags & IFF_LOWER_UP) !== 0,
    operstate: 'unknown',
    mtu: 0,
    mac: null,
    master: null,
    kind: null,
    loopback: view.getUint16(start + 2, true) === ARPHRD_LOOPBACK,
    linkIndex: null,
    linkNetnsid: null,
    isPort: false,
    portKind: null,
    portState: null,
    stp: null,
    device: null,
    vlanFiltering: null,
    qdisc: null,
    altnames: NO_NAMES,
    alias: null,
    statistics: null,
  };
}

function readAttribute(link: Draft, attribute: Attributes, frame: Frame): void {
  switch (attribute.type) {
    case IFLA_ADDRESS:
      link.mac = attribute.mac();
      break;
    case IFLA_IFNAME:
      link.ifname = attribute.text();
      break;
    case IFLA_MTU:
      link.mtu = attribute.u32(0);
      break;
    case IFLA_LINK:
      link.linkIndex = attribute.s32(0);
      break;
    case IFLA_QDISC:
      link.qdisc = attribute.text();
      break;
    case IFLA_MASTER:
      link.master = attribute.u32(0) || null;
      break;
    case IFLA_OPERSTATE:
      link.operstate = OPERSTATES[attribute.u8(0)] ?? 'unknown';
      break;
    case IFLA_LINKINFO:
      readLinkInfo(link, attribute.nested());
      break;
    case IFLA_IFALIAS:
      link.alias = attribute.text();
      break;
    case IFLA_STATS64:
      link.statistics = decodeStatistics(frame, attribute.start, attribute.end);
      break;
    case IFLA_CARRIER:
      link.carrier = attribute.u8(0) !== 0;
      break;
    case IFLA_LINK_NETNSID:
      link.linkNetnsid = attribute.s32(-1);
      break;
    case IFLA_PROP_LIST:
      link.altnames = readNames(attribute.nested());
      break;
  }
}

const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;
const IFLA_INFO_SLAVE_KIND = 4;
const IFLA_INFO_SLAVE_DATA = 5;

function readLinkInfo(link: Draft, info: Attributes): void {
  while (info.next()) {
    if (info.type === IFLA_INFO_KIND) link.kind = info.text();
    else if (info.type === IFLA_INFO_DATA && link.kind === 'bridge') readBridge(link, info.nested());
    else if (info.type === IFLA_INFO_DATA) readDevice(link, info.nested());
    else if (info.type === IFLA_INFO_SLAVE_KIND) {
      link.isPort = true;
      link.portKind = info.text();
    } else if (info.type === IFLA_INFO_SLAVE_DATA && link.portKind === 'bridge') {
      link.portState = readPortState(info.nested());
    }
  }
}

function readDevice(link: Draft, data: Attributes): void {
  const read = link.kind === null ? null : decodeDevice(link.kind, data);
  link.device = read?.device ?? null;
  if (read !== null && read.below !== null) link.linkIndex = read.below;
}

const IFLA_BR_STP_STATE = 5;
const IFLA_BR_VLAN_FILTERING = 7;
const IFLA_BRPORT_STATE = 1;
const PORT_STATES: readonly PortState[] = ['disabled', 'listening', 'learning', 'forwarding', 'blocking'];

function readBridge(bridge: Draft, data: Attributes): void {
  while (data.next()) {
    if (data.type === IFLA_BR_STP_STATE) bridge.stp = data.u32(0) !== 0;
    else if (data.type === IFLA_BR_VLAN_FILTERING) bridge.vlanFiltering = data.u8(0) !== 0;
  }
}

function readPortState(data: Attributes): PortState | null {
  while (data.next()) if (data.type === IFLA_BRPORT_STATE) return PORT_STATES[data.u8(255)] ?? null;
  return null;
}

function readNames(list: Attributes): readonly string[] {
  const names: string[] = [];
  while (list.next()) if (list.type === IFLA_ALT_IFNAME) names.push(list.text());
  return names;
}
