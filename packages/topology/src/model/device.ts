import type { Ifname, IpAddress } from './names.js';

/** How the macvlans on one parent see each other, as ip-link(8) calls it. */
export type MacvlanMode = 'bridge' | 'private' | 'vepa' | 'passthru';

/** How a bond uses its members. */
export type BondMode =
  | 'active-backup'
  | 'balance-rr'
  | 'balance-xor'
  | 'broadcast'
  | '802.3ad'
  | 'balance-tlb'
  | 'balance-alb';

/**
 * What an interface is that is not the end of a link. Other interfaces are named as they are called in the same node. Later kinds are
 * added, never renamed.
 */
export type Device =
  /** A part of what passes its parent: frames with this 802.1Q tag. */
  | { readonly kind: 'vlan'; readonly parent: Ifname; readonly id: number }
  /** Frames in UDP packets, between addresses that the node and the other end have otherwise. */
  | {
      readonly kind: 'vxlan';
      readonly id: number;
      /** The address that it sends from. */
      readonly local?: IpAddress;
      /** The address of the other end. */
      readonly remote?: IpAddress;
      /** UDP. */
      readonly port: number;
      /** The interface that its packets leave by; absent: the one that routes lead to. */
      readonly parent?: Ifname;
    }
  /** A further interface with a MAC of its own on its parent. */
  | { readonly kind: 'macvlan'; readonly parent: Ifname; readonly mode: MacvlanMode }
  /** Always up, leads nowhere: a place for addresses. */
  | { readonly kind: 'dummy' }
  /** Packets in IPv4 packets. */
  | {
      readonly kind: 'gre';
      readonly local: IpAddress;
      readonly remote: IpAddress;
      /** Tells tunnels between the same addresses apart. */
      readonly key?: number;
      /** Absent: that of the packet inside. */
      readonly ttl?: number;
    }
  /** Several interfaces that work as one. */
  | { readonly kind: 'bond'; readonly mode: BondMode; readonly members: readonly Ifname[] };

export type DeviceKind = Device['kind'];

export const deviceKinds: readonly DeviceKind[] = ['vlan', 'vxlan', 'macvlan', 'dummy', 'gre', 'bond'];
export const macvlanModes: readonly MacvlanMode[] = ['bridge', 'private', 'vepa', 'passthru'];
export const bondModes: readonly BondMode[] = [
  'active-backup',
  'balance-rr',
  'balance-xor',
  'broadcast',
  '802.3ad',
  'balance-tlb',
  'balance-alb',
];

/** The port of RFC 7348. */
export const defaultVxlanPort = 4_789;

/** The interface below; null when it has none, or none is named. */
export function parentOf(device: Device | undefined): Ifname | null {
  if (device === undefined) return null;
  return device.kind === 'vlan' || device.kind === 'macvlan' || device.kind === 'vxlan'
    ? (device.parent ?? null)
    : null;
}

/** Whether a device cannot be without its parent: the kernel removes them together. */
export function livesOnParent(device: Device | undefined): boolean {
  return device?.kind === 'vlan' || device?.kind === 'macvlan';
}

/** The same device with other interface names. */
export function renameInDevice(device: Device, rename: (ifname: Ifname) => Ifname): Device {
  if (device.kind === 'bond') return { ...device, members: device.members.map(rename) };
  const parent = parentOf(device);
  return parent === null ? device : ({ ...device, parent: rename(parent) } as Device);
}
