import type {
  Cidr,
  Device,
  Ifname,
  Impairment,
  IpAddress,
  Link,
  Mac,
  NodeKind,
  NodeName,
  PortVlan,
} from '@vethlab/topology';
import type { WayOutWish } from '../plan.js';
import type { Rules } from '../rules/rules.js';

/** What a document implies in the kernel: one namespace per node. */
export interface Desired {
  readonly namespaces: ReadonlyMap<string, DesiredNamespace>;
}

export interface DesiredNamespace {
  readonly name: NodeName;
  readonly kind: NodeKind;
  /** Whether packets are forwarded between interfaces. */
  readonly forwarding: { readonly ipv4: boolean; readonly ipv6: boolean };
  /** Admin state of `lo`. */
  readonly loopbackUp: boolean;
  /** The way out of an internet node; null in other kinds. */
  readonly wayOut: DesiredWayOut | null;
  /** The bridge of a switch, always admin up; null in other kinds. */
  readonly bridge: string | null;
  readonly bridgeSettings: DesiredBridge | null;
  /** Only interfaces that are in the kernel: wired ones, devices whose parents are there, and the devices of VRFs. */
  readonly interfaces: DesiredInterfaces;
  /** Firewall and NAT; `noRules` when there are none. A rule that waits for its interface is not in them: it fits no packet. */
  readonly rules: Rules;
  /** Only routes that the kernel can hold now; one that waits for its interface is not in the list. */
  readonly routes: readonly DesiredRoute[];
}

export interface DesiredBridge {
  readonly stp: boolean;
  /** A port of it says something of VLANs. */
  readonly vlanFiltering: boolean;
}

/** By ifname. Worked out as they are asked for: an edit asks for one of a router's thousand. */
export interface DesiredInterfaces {
  get(ifname: string): DesiredInterface | undefined;
  has(ifname: string): boolean;
  /** In file order, but each after what it stands on and what it belongs to. */
  values(): Iterable<DesiredInterface>;
}

export type DesiredWayOut = Omit<WayOutWish, 'namespace'>;

export interface DesiredInterface {
  readonly ifname: Ifname;
  /** The other end of the veth pair; null when it is none. */
  readonly peer: { readonly namespace: NodeName; readonly ifname: Ifname } | null;
  /** The link that it is an end of; null when it is none. */
  readonly link: Link | null;
  /** What it is when it is no end of a veth pair. */
  readonly device: DesiredDevice | null;
  /** Admin state: up unless the interface or its link says `up: false`. */
  readonly up: boolean;
  /** Of the interface, else of the link, of the parent or the bond, else what the kind has by itself. Null: any will do. */
  readonly mtu: number | null;
  /** Null: any will do. */
  readonly mac: Mac | null;
  /** The bridge it is a port of, the bond it is a member of, the VRF it is in, or null. */
  readonly master: string | null;
  /** Of a port of a switch; null: it says nothing of VLANs. */
  readonly vlan: PortVlan | null;
  /** What is done to packets that leave it, the limit of a loop of switches included; null: nothing. */
  readonly impairment: Impairment | null;
  /** What leaves it is held to this rate, because its link closes a loop of switches; null: no limit. */
  readonly rateBitsPerSecond: number | null;
  /** IPv6 addresses only while the interface is admin up: taking it down removes them. */
  readonly addresses: readonly Cidr[];
}

export interface DesiredRoute {
  readonly family: 4 | 6;
  readonly to: Cidr | 'default';
  readonly via: IpAddress | null;
  /** The interface it leaves by. */
  readonly dev: Ifname;
  /** Whether a command has to name `dev`: the document does, or the gateway alone would not settle it. */
  readonly nameDev: boolean;
  readonly metric: number;
  /** The address of `dev` in whose subnet the gateway is; null without a gateway or with a link-local one. */
  readonly through: Cidr | null;
  /** The table of a VRF; null: the main one. */
  readonly table: number | null;
}

/** A VRF is an interface in the kernel. */
export type DesiredDevice = Device | { readonly kind: 'vrf'; readonly table: number };

/** MTU of a veth that was made without one (drivers/net/veth.c: ETH_DATA_LEN). */
export const DEFAULT_MTU = 1500;

/** Below it the kernel takes IPv6 off an interface, addresses and routes included (RFC 8200, IPV6_MIN_MTU). */
export const SMALLEST_IPV6_MTU = 1280;

/**
 * A loop of switches without spanning tree sends every broadcast round for ever. One slow link in the loop bounds the storm:
 * about 7,000 small frames a second, a few per cent of a core, and still a storm to look at.
 */
export const LOOP_RATE_BITS_PER_SECOND = 5_000_000;

export { SWITCH_BRIDGE } from '@vethlab/topology';

/** What the kernel uses when a route names no metric: 0 in IPv4, 1024 in IPv6 (IP6_RT_PRIO_USER). */
export function defaultMetric(family: 4 | 6): number {
  return family === 4 ? 0 : 1024;
}
