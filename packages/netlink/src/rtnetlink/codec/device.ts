import type { Attributes } from './attributes.js';

/** How a macvlan's interfaces on one parent see each other (linux/if_link.h). */
export type MacvlanMode = 'private' | 'vepa' | 'bridge' | 'passthru' | 'source';

/** How a bond uses its members, by the names of the kernel's bonding documentation. */
export type BondMode =
  | 'balance-rr'
  | 'active-backup'
  | 'balance-xor'
  | 'broadcast'
  | '802.3ad'
  | 'balance-tlb'
  | 'balance-alb';

/**
 * What IFLA_INFO_DATA says of the kinds of interfaces that are told by more than their name. The interface below is
 * `LinkMessage.linkIndex`. Null and 0 are what the kernel uses when nobody asked for something else.
 */
export type DeviceSettings =
  | {
      readonly kind: 'vlan';
      readonly id: number;
      /** 802.1Q, or the outer tag of 802.1ad. */
      readonly protocol: '802.1Q' | '802.1ad' | null;
    }
  | {
      readonly kind: 'vxlan';
      readonly id: number;
      readonly local: string | null;
      /** A unicast or a multicast address. */
      readonly remote: string | null;
      /** UDP port that it sends to and listens on. */
      readonly port: number;
      readonly learning: boolean;
    }
  | { readonly kind: 'macvlan'; readonly mode: MacvlanMode | null }
  | {
      readonly kind: 'gre';
      readonly local: string | null;
      readonly remote: string | null;
      readonly inputKey: number | null;
      readonly outputKey: number | null;
      /** 0: that of the packet inside. */
      readonly ttl: number;
    }
  | { readonly kind: 'bond'; readonly mode: BondMode | null; readonly miimonMs: number }
  | { readonly kind: 'vrf'; readonly table: number };

export const MACVLAN_MODES: ReadonlyMap<number, MacvlanMode> = new Map([
  [1, 'private'],
  [2, 'vepa'],
  [4, 'bridge'],
  [8, 'passthru'],
  [16, 'source'],
]);

/** By number. */
export const BOND_MODES: readonly BondMode[] = [
  'balance-rr',
  'active-backup',
  'balance-xor',
  'broadcast',
  '802.3ad',
  'balance-tlb',
  'balance-alb',
];

/** Ethertypes of a tag, in host byte order (linux/if_ether.h). */
export const ETH_P_8021Q = 0x8100;
const ETH_P_8021AD = 0x88a8;

// linux/if_link.h, linux/if_tunnel.h
export const IFLA_VLAN_ID = 1;
export const IFLA_VLAN_PROTOCOL = 5;
export const IFLA_VXLAN_ID = 1;
export const IFLA_VXLAN_GROUP = 2;
export const IFLA_VXLAN_LINK = 3;
export const IFLA_VXLAN_LOCAL = 4;
export const IFLA_VXLAN_LEARNING = 7;
export const IFLA_VXLAN_PORT = 15;
export const IFLA_VXLAN_GROUP6 = 16;
export const IFLA_VXLAN_LOCAL6 = 17;
export const IFLA_MACVLAN_MODE = 1;
export const IFLA_GRE_LINK = 1;
export const IFLA_GRE_IFLAGS = 2;
export const IFLA_GRE_OFLAGS = 3;
export const IFLA_GRE_IKEY = 4;
export const IFLA_GRE_OKEY = 5;
export const IFLA_GRE_LOCAL = 6;
export const IFLA_GRE_REMOTE = 7;
export const IFLA_GRE_TTL = 8;
export const IFLA_BOND_MODE = 1;
export const IFLA_BOND_MIIMON = 3;
export const IFLA_VRF_TABLE = 1;
/** GRE_KEY of linux/if_tunnel.h, in host byte order: the header carries a key. */
export const GRE_KEY = 0x2000;

/** Settings, and the interface below where the kind tells it itself. */
export interface DeviceData {
  readonly device: DeviceSettings;
  /** ifindex; null when it is not said here. */
  readonly below: number | null;
}

/** Reads IFLA_INFO_DATA of a kind; null for kinds without settings that are read here. */
export function decodeDevice(kind: string, data: Attributes): DeviceData | null {
  switch (kind) {
    case 'vlan':
      return { device: vlan(data), below: null };
    case 'vxlan':
      return vxlan(data);
    case 'macvlan':
      return { device: macvlan(data), below: null };
    case 'gre':
      return gre(data);
    case 'bond':
      return { device: bond(data), below: null };
    case 'vrf':
      return { device: vrf(data), below: null };
    default:
      return null;
  }
}

function vlan(data: Attributes): DeviceSettings {
  let id = 0;
  let protocol: '802.1Q' | '802.1ad' | null = null;
  while (data.next()) {
    if (data.type === IFLA_VLAN_ID) id = data.u16(0);
    else if (data.type === IFLA_VLAN_PROTOCOL) {
      const number = data.u16be(0);
      protocol = number === ETH_P_8021Q ? '802.1Q' : number === ETH_P_8021AD ? '802.1ad' : null;
    }
  }
  return { kind: 'vlan', id, protocol };
}

function vxlan(data: Attributes): DeviceData {
  let [id, port] = [0, 0];
  let [local, remote]: (string | null)[] = [null, null];
  let learning = false;
  let below: number | null = null;
  while (data.next()) {
    switch (data.type) {
      case IFLA_VXLAN_ID:
        id = data.u32(0);
        break;
      case IFLA_VXLAN_GROUP:
      case IFLA_VXLAN_GROUP6:
        remote = addressUnlessAny(data.ip());
        break;
      case IFLA_VXLAN_LOCAL:
      case IFLA_VXLAN_LOCAL6:
        local = addressUnlessAny(data.ip());
        break;
      case IFLA_VXLAN_LINK:
        below = data.u32(0) || null;
        break;
      case IFLA_VXLAN_PORT:
        port = data.u16be(0);
        break;
      case IFLA_VXLAN_LEARNING:
        learning = data.u8(0) !== 0;
        break;
    }
  }
  return { device: { kind: 'vxlan', id, local: local ?? null, remote: remote ?? null, port, learning }, below };
}

function macvlan(data: Attributes): DeviceSettings {
  let mode: MacvlanMode | null = null;
  while (data.next()) if (data.type === IFLA_MACVLAN_MODE) mode = MACVLAN_MODES.get(data.u32(0)) ?? null;
  return { kind: 'macvlan', mode };
}

function gre(data: Attributes): DeviceData {
  let [inputFlags, outputFlags, inputKey, outputKey, ttl] = [0, 0, 0, 0, 0];
  let [local, remote]: (string | null)[] = [null, null];
  let below: number | null = null;
  while (data.next()) {
    switch (data.type) {
      case IFLA_GRE_LINK:
        below = data.u32(0) || null;
        break;
      case IFLA_GRE_IFLAGS:
        inputFlags = data.u16be(0);
        break;
      case IFLA_GRE_OFLAGS:
        outputFlags = data.u16be(0);
        break;
      case IFLA_GRE_IKEY:
        inputKey = data.u32be(0);
        break;
      case IFLA_GRE_OKEY:
        outputKey = data.u32be(0);
        break;
      case IFLA_GRE_LOCAL:
        local = addressUnlessAny(data.ip());
        break;
      case IFLA_GRE_REMOTE:
        remote = addressUnlessAny(data.ip());
        break;
      case IFLA_GRE_TTL:
        ttl = data.u8(0);
        break;
    }
  }
  const device: DeviceSettings = {
    kind: 'gre',
    local: local ?? null,
    remote: remote ?? null,
    inputKey: inputFlags & GRE_KEY ? inputKey : null,
    outputKey: outputFlags & GRE_KEY ? outputKey : null,
    ttl,
  };
  return { device, below };
}

/** The kernel tells an end that was not given as 0.0.0.0. */
function addressUnlessAny(address: string | null): string | null {
  return address === '0.0.0.0' || address === '::' ? null : address;
}

function bond(data: Attributes): DeviceSettings {
  let mode: BondMode | null = null;
  let miimonMs = 0;
  while (data.next()) {
    if (data.type === IFLA_BOND_MODE) mode = BOND_MODES[data.u8(255)] ?? null;
    else if (data.type === IFLA_BOND_MIIMON) miimonMs = data.u32(0);
  }
  return { kind: 'bond', mode, miimonMs };
}

function vrf(data: Attributes): DeviceSettings {
  let table = 0;
  while (data.next()) if (data.type === IFLA_VRF_TABLE) table = data.u32(0);
  return { kind: 'vrf', table };
}
