import {
  BOND_MODES,
  type BondMode,
  ETH_P_8021Q,
  GRE_KEY,
  IFLA_BOND_MIIMON,
  IFLA_BOND_MODE,
  IFLA_GRE_IFLAGS,
  IFLA_GRE_IKEY,
  IFLA_GRE_LOCAL,
  IFLA_GRE_OFLAGS,
  IFLA_GRE_OKEY,
  IFLA_GRE_REMOTE,
  IFLA_GRE_TTL,
  IFLA_MACVLAN_MODE,
  IFLA_VLAN_ID,
  IFLA_VLAN_PROTOCOL,
  IFLA_VRF_TABLE,
  IFLA_VXLAN_GROUP,
  IFLA_VXLAN_GROUP6,
  IFLA_VXLAN_ID,
  IFLA_VXLAN_LINK,
  IFLA_VXLAN_LOCAL,
  IFLA_VXLAN_LOCAL6,
  IFLA_VXLAN_PORT,
  MACVLAN_MODES,
  type MacvlanMode,
} from '../codec/device.js';
import { familyOf, parseIp } from '../codec/ip-address.js';
import { NLM_F_CREATE, NLM_F_EXCL, RTM_NEWLINK } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';
import { prepareEnd } from './link.js';

/** What kind of interface, with its settings. `parent` is the ifindex of the interface below, in the socket's namespace. */
export type DeviceSpec =
  | { readonly kind: 'vlan'; readonly parent: number; readonly id: number }
  | {
      readonly kind: 'vxlan';
      readonly id: number;
      readonly local?: string;
      readonly remote?: string;
      /** UDP. Always said: the kernel's own default, 8472, is not the one of RFC 7348, 4789. */
      readonly port: number;
      readonly parent?: number;
    }
  | { readonly kind: 'macvlan'; readonly parent: number; readonly mode: MacvlanMode }
  | { readonly kind: 'dummy' }
  | {
      readonly kind: 'gre';
      /** IPv4. */
      readonly local: string;
      readonly remote: string;
      /** Of both directions. */
      readonly key?: number;
      /** Left out, that of the packet inside. */
      readonly ttl?: number;
    }
  | {
      readonly kind: 'bond';
      readonly mode: BondMode;
      /** How often the carrier of members is looked at. 0, the kernel's default for most modes, means never: nothing fails over. */
      readonly miimonMs: number;
    }
  | { readonly kind: 'vrf'; readonly table: number };

/** An interface that is no end of a veth pair and no bridge. */
export interface DeviceOptions {
  readonly ifname: string;
  /** Preset it and no look-up is needed afterwards. */
  readonly ifindex?: number;
  readonly mtu?: number;
  readonly mac?: string;
  readonly device: DeviceSpec;
}

const IFLA_LINK = 5;
const IFLA_LINKINFO = 18;
const IFLA_INFO_KIND = 1;
const IFLA_INFO_DATA = 2;

/** Makes an interface in the socket's namespace. It is down. */
export function newDevice(options: DeviceOptions): Request {
  const head = prepareEnd(options);
  const tail = prepareDevice(options.device, true);
  return {
    label: `RTM_NEWLINK ${options.ifname}`,
    type: RTM_NEWLINK,
    flags: NLM_F_CREATE | NLM_F_EXCL,
    encode: (writer) => {
      head(writer);
      tail(writer);
    },
  };
}

/**
 * Gives an interface that is there other settings, as far as its kind takes them in place: the mode of a macvlan (not from or to
 * passthru), the ends of a VXLAN, everything of a GRE tunnel. The kernel refuses the rest (EOPNOTSUPP).
 */
export function setDevice({ ifindex, device }: { readonly ifindex: number; readonly device: DeviceSpec }): Request {
  checkUnsigned(ifindex, 'ifindex');
  const tail = prepareDevice(device, false);
  return {
    label: `RTM_NEWLINK ifindex ${ifindex}`,
    type: RTM_NEWLINK,
    flags: 0,
    encode: (writer) => {
      writer.interfaceHeader(ifindex, 0, 0);
      tail(writer);
    },
  };
}

type Write = (writer: MessageWriter) => void;

/** Checks the settings now and returns what writes them later. */
function prepareDevice(device: DeviceSpec, isNew: boolean): Write {
  const data = prepareData(device, isNew);
  const parent = device.kind === 'vlan' || device.kind === 'macvlan' ? device.parent : null;
  if (parent !== null) checkUnsigned(parent, 'parent');
  return (writer) => {
    if (parent !== null) writer.attributeU32(IFLA_LINK, parent);
    const info = writer.nest(IFLA_LINKINFO);
    writer.attributeText(IFLA_INFO_KIND, device.kind);
    if (data !== null) {
      const nest = writer.nest(IFLA_INFO_DATA);
      data(writer);
      writer.unnest(nest);
    }
    writer.unnest(info);
  };
}

function prepareData(device: DeviceSpec, isNew: boolean): Write | null {
  switch (device.kind) {
    case 'vlan':
      checkRange(device.id, 4094, 'VLAN id');
      return (writer) => {
        writer.attributeU16(IFLA_VLAN_ID, device.id);
        writer.attributeU16be(IFLA_VLAN_PROTOCOL, ETH_P_8021Q);
      };
    case 'vxlan':
      return prepareVxlan(device, isNew);
    case 'macvlan': {
      const mode = [...MACVLAN_MODES].find(([, name]) => name === device.mode)?.[0];
      if (mode === undefined) throw new RangeError(`there is no macvlan mode ${device.mode}`);
      return (writer) => writer.attributeU32(IFLA_MACVLAN_MODE, mode);
    }
    case 'dummy':
      return null;
    case 'gre':
      return prepareGre(device);
    case 'bond': {
      const mode = BOND_MODES.indexOf(device.mode);
      if (mode < 0) throw new RangeError(`there is no bond mode ${device.mode}`);
      checkUnsigned(device.miimonMs, 'miimon');
      return (writer) => {
        writer.attributeU8(IFLA_BOND_MODE, mode);
        writer.attributeU32(IFLA_BOND_MIIMON, device.miimonMs);
      };
    }
    case 'vrf':
      checkUnsigned(device.table, 'table');
      return (writer) => writer.attributeU32(IFLA_VRF_TABLE, device.table);
  }
}

function prepareVxlan(
  { id, port, parent, local, remote }: Extract<DeviceSpec, { kind: 'vxlan' }>,
  isNew: boolean,
): Write {
  checkRange(id, 0xff_ffff, 'VXLAN id');
  checkRange(port, 0xffff, 'port');
  if (parent !== undefined) checkUnsigned(parent, 'parent');
  const ends = [
    [local, IFLA_VXLAN_LOCAL, IFLA_VXLAN_LOCAL6],
    [remote, IFLA_VXLAN_GROUP, IFLA_VXLAN_GROUP6],
  ] as const;
  const addresses = ends.flatMap(([text, type4, type6]) => {
    if (text === undefined) return [];
    const family = familyOf(text);
    return [{ type: family === 4 ? type4 : type6, bytes: parseIp(text, family) }];
  });
  return (writer) => {
    writer.attributeU32(IFLA_VXLAN_ID, id);
    for (const { type, bytes } of addresses) writer.attribute(type, bytes);
    if (parent !== undefined) writer.attributeU32(IFLA_VXLAN_LINK, parent);
    // Refused in a change, even when it is the port of before (vxlan_nl2conf in drivers/net/vxlan/vxlan_core.c).
    if (isNew) writer.attributeU16be(IFLA_VXLAN_PORT, port);
  };
}

/** All settings, always: what is left out of a change, the kernel takes for 0 (ipgre_netlink_parms in net/ipv4/ip_gre.c). */
function prepareGre({ local, remote, key, ttl = 0 }: Extract<DeviceSpec, { kind: 'gre' }>): Write {
  const [localBytes, remoteBytes] = [parseIp(local, 4), parseIp(remote, 4)];
  if (key !== undefined) checkUnsigned(key, 'key');
  checkRange(ttl, 0xff, 'ttl');
  const flags = key === undefined ? 0 : GRE_KEY;
  return (writer) => {
    writer.attributeU16be(IFLA_GRE_IFLAGS, flags);
    writer.attributeU16be(IFLA_GRE_OFLAGS, flags);
    writer.attributeU32be(IFLA_GRE_IKEY, key ?? 0);
    writer.attributeU32be(IFLA_GRE_OKEY, key ?? 0);
    writer.attribute(IFLA_GRE_LOCAL, localBytes);
    writer.attribute(IFLA_GRE_REMOTE, remoteBytes);
    writer.attributeU8(IFLA_GRE_TTL, ttl);
  };
}

function checkRange(value: number, highest: number, what: string): void {
  if (!Number.isInteger(value) || value < 0 || value > highest) throw new RangeError(`${what} cannot be ${value}`);
}
