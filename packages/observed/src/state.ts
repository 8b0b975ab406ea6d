import type { ObservedDevice } from './device.js';
import type { ObservedTable } from './ruleset.js';

/** What the kernel says. Lenient on purpose: names and types here come from the kernel and can be anything, even hostile text. */
export interface Observed {
  readonly namespaces: Readonly<Record<string, ObservedNamespace>>;
  /** Interfaces of the lab's root namespace, other than `lo`: what was typed outside of any named namespace. Absent: none. */
  readonly root?: Readonly<Record<string, ObservedInterface>>;
  /** What somebody made in the root namespace besides interfaces; it is no node, so its plain routes count as well. Absent: nothing. */
  readonly rootBeyond?: readonly ObservedBeyond[];
}

/** The name by which a peer tells that it is in the lab's root namespace. No named namespace can be called so. */
export const ROOT_NAMESPACE = '';

export interface ObservedNamespace {
  readonly name: string;
  /** Identity of the namespace: the inode of /run/netns/NAME. It survives a rename. */
  readonly inode: number;
  readonly forwarding: { readonly ipv4: boolean; readonly ipv6: boolean };
  readonly interfaces: Readonly<Record<string, ObservedInterface>>;
  /** Main table and those of the namespace's VRFs, unicast, without what the kernel made itself (`proto kernel`, connected routes). */
  readonly routes: readonly ObservedRoute[];
  /** The way out of an internet node while it works. Its interface and its routes are no others' business, and not in the lists above. */
  readonly wayOut?: ObservedWayOut;
  /** Absent when nothing is published. */
  readonly published?: readonly ObservedPort[];
  /** Tables of rules; absent when there are none. */
  readonly tables?: readonly ObservedTable[];
  /** What somebody made that no document can say and that is no part of the lists above; absent when there is nothing. */
  readonly beyond?: readonly ObservedBeyond[];
}

/**
 * A rule of policy routing, a route of another kind or table than a document knows, a neighbour or an entry of a forwarding table that
 * somebody set, or a sysctl that is not as in a new namespace.
 */
export interface ObservedBeyond {
  readonly kind: 'rule' | 'route' | 'neighbour' | 'fdb' | 'sysctl' | 'table';
  /** As iproute2 and sysctl(8) write it; of rules and routes with the family in front where it is IPv6, of a table of nft(8) with how many rules it has. */
  readonly text: string;
}

/** A port of a node on the machine's loopback. */
export interface ObservedPort {
  readonly port: number;
  /** Port of 127.0.0.1 on the machine. */
  readonly at: number;
  /** Why it cannot be reached there; null: it can. */
  readonly problem: string | null;
}

export interface ObservedWayOut {
  /** Network between the node and the way out, canonical text. */
  readonly subnet: string;
  /** Ports of the machine's loopback that are open to it. */
  readonly hostPorts: readonly number[];
}

export interface ObservedInterface {
  readonly ifname: string;
  readonly ifindex: number;
  /** `veth`, `bridge`, `loopback`, or what the kernel calls it. */
  readonly type: string;
  /** Admin state (IFF_UP). */
  readonly up: boolean;
  /** Whether the other end is up. */
  readonly carrier: boolean;
  /** RFC 2863: the kernel's verdict. */
  readonly operstate: Operstate;
  readonly mtu: number;
  readonly mac: string | null;
  readonly master: string | null;
  /** State of a bridge port; null when it is not one. */
  readonly portState: 'disabled' | 'listening' | 'learning' | 'forwarding' | 'blocking' | null;
  /**
   * The other end of a veth pair; null when it is not a veth or the peer's namespace is unknown. The root namespace's name is
   * `ROOT_NAMESPACE`.
   */
  readonly peer: { readonly namespace: string; readonly ifname: string } | null;
  readonly addresses: readonly ObservedAddress[];
  /** Kind of the root qdisc where somebody set one: `tbf`, `netem` …; absent for what every interface starts with. */
  readonly qdisc?: string;
  /** What that one does, when it is a `tbf` or `netem`. */
  readonly shaping?: ObservedShaping;
  /** Kind of the qdisc for what comes in, where somebody set one: `ingress` or `clsact`. */
  readonly ingress?: string;
  /** What a VLAN, VXLAN, macvlan, GRE tunnel, bond or VRF is made with; absent for everything else. */
  readonly device?: ObservedDevice;
  /** Of a bridge: spanning tree is on. Absent: off. */
  readonly stp?: true;
  /** Of a bridge: it keeps VLANs apart. Absent: it does not. */
  readonly vlanFiltering?: true;
  /** Of a port of a bridge that keeps VLANs apart, ascending; absent for everything else. */
  readonly vlans?: readonly ObservedPortVlan[];
  /** Somebody set the MAC; absent when the kernel chose it (addr_assign_type) or Vethlab made the interface. */
  readonly macByHand?: true;
}

/** A VLAN that a port of a bridge takes part in. */
export interface ObservedPortVlan {
  readonly id: number;
  /** Frames that come in without a tag belong to it. */
  readonly pvid: boolean;
  /** Its frames leave without a tag. */
  readonly untagged: boolean;
}

/** Settings of a root qdisc that limits or emulates, tc-tbf(8) and tc-netem(8). What is absent is not done. */
export interface ObservedShaping {
  readonly kind: 'tbf' | 'netem';
  /** To the microsecond. */
  readonly delayMs?: number;
  readonly jitterMs?: number;
  /** To a thousandth of a percent. */
  readonly lossPercent?: number;
  readonly duplicatePercent?: number;
  readonly reorderPercent?: number;
  readonly corruptPercent?: number;
  readonly rateBitsPerSecond?: number;
  /** Of netem. */
  readonly limitPackets?: number;
  /** Of tbf. */
  readonly limitBytes?: number;
  /** Settings beyond these, by name: correlations, loss models, a peak rate. */
  readonly beyond?: readonly string[];
}

export type Operstate = 'unknown' | 'notpresent' | 'down' | 'lowerlayerdown' | 'testing' | 'dormant' | 'up';

export interface ObservedAddress {
  /** With prefix length, canonical text. */
  readonly address: string;
  readonly scope: 'global' | 'site' | 'link' | 'host' | 'nowhere';
  /** Made by the kernel by itself (link-local from SLAAC rules, 127.0.0.1/8 and ::1/128 on lo): never ours to plan. */
  readonly kernelMade: boolean;
  readonly tentative: boolean;
  readonly dadFailed: boolean;
}

export interface ObservedRoute {
  readonly family: 4 | 6;
  /** `default` or an address with prefix length. */
  readonly to: string;
  readonly via: string | null;
  readonly dev: string | null;
  /** 0 in IPv4 means none; IPv6 uses 1024 when none is given. */
  readonly metric: number;
  /** Route protocol number (rtnetlink(7)): 3 boot, 4 static, 16 dhcp … */
  readonly protocol: number;
  /** The interface has no carrier: the route exists and is not used. */
  readonly linkDown: boolean;
  /** The table of the VRF that it is in; absent: the main one. */
  readonly table?: number;
}

/** Interface counters, totals since the interface was made. */
export interface Counters {
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxPackets: number;
  readonly txPackets: number;
  readonly rxDropped: number;
  readonly txDropped: number;
  readonly rxErrors: number;
  readonly txErrors: number;
}
