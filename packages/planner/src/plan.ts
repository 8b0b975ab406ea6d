import type { ObservedChain, ObservedPortVlan, ObservedRule } from '@vethlab/observed';
import type { Cidr, Ifname, Impairment, IpAddress, Mac, NodeName } from '@vethlab/topology';
import type { DesiredDevice } from './desired/desired.js';

/** The difference between desired and observed, in an order that can be carried out from first to last. */
export interface Plan {
  readonly steps: readonly Step[];
}

export interface Step {
  /** Unique in its plan and the same every time the same plan is made. */
  readonly id: string;
  readonly action: 'add' | 'change' | 'remove';
  /** What it touches, for people: `address 10.0.0.1/24 on ns1:eth0`. */
  readonly object: string;
  /** Why, for people: `ns1:eth0 has no address 10.0.0.1/24`. */
  readonly reason: string;
  /** Ids of earlier steps that must have succeeded. */
  readonly dependsOn: readonly string[];
  readonly operation: Operation;
}

export interface VethEnd {
  readonly namespace: NodeName;
  readonly ifname: Ifname;
  readonly mtu?: number;
  readonly mac?: Mac;
}

export interface RouteOperand {
  readonly family: 4 | 6;
  readonly to: Cidr | 'default';
  readonly via?: IpAddress;
  readonly dev?: Ifname;
  readonly metric?: number;
  /** The table of a VRF; absent: the main one. */
  readonly table?: number;
}

/** A way out that an internet node is to have. */
export interface WayOutWish {
  /** Name of the node and of its namespace. */
  readonly namespace: NodeName;
  /** Between the node and its way out; see `outsideAddresses`. */
  readonly subnet: Cidr;
  /** TCP ports of the machine's loopback that can be reached through it. */
  readonly hostPorts: readonly number[];
}

/** A chain of our table. */
export interface RulesChain {
  readonly name: string;
  readonly base: NonNullable<ObservedChain['base']>;
  readonly rules: readonly ObservedRule[];
  /** What the document calls each of them: `rule 3 of forward`. */
  readonly names: readonly string[];
}

/** The closed set of things Vethlab does to a kernel. Every one has two renderings: netlink, and a shell line that means the same. */
export type Operation =
  | { readonly op: 'add-namespace'; readonly namespace: NodeName }
  | { readonly op: 'rename-namespace'; readonly namespace: NodeName; readonly to: NodeName }
  | { readonly op: 'remove-namespace'; readonly namespace: NodeName }
  /**
   * No duplicate address detection for interfaces to come and for these: otherwise a router passes no IPv6 on for two seconds
   * after an interface went up, while its link-local address is tentative.
   */
  | { readonly op: 'skip-dad'; readonly namespace: NodeName; readonly ifnames: readonly Ifname[] }
  | { readonly op: 'set-forwarding'; readonly namespace: NodeName; readonly family: 4 | 6; readonly enabled: boolean }
  | { readonly op: 'add-veth'; readonly ends: readonly [VethEnd, VethEnd] }
  | { readonly op: 'add-bridge'; readonly namespace: NodeName; readonly ifname: string }
  /** A VLAN, VXLAN, macvlan, dummy, GRE tunnel, bond or VRF; it is down. What it stands on is there already. */
  | {
      readonly op: 'add-device';
      readonly namespace: NodeName;
      readonly ifname: Ifname;
      readonly device: DesiredDevice;
      readonly mtu?: number;
      readonly mac?: Mac;
    }
  /** Other settings in place, as far as the kernel takes them: see `changeOf`. */
  | {
      readonly op: 'set-device';
      readonly namespace: NodeName;
      readonly ifname: Ifname;
      readonly device: DesiredDevice;
    }
  /** Removing an interface removes what stands on it. Removing one end of a veth pair removes the other, with the addresses and routes of both. */
  | { readonly op: 'remove-interface'; readonly namespace: NodeName; readonly ifname: string }
  | { readonly op: 'rename-interface'; readonly namespace: NodeName; readonly ifname: string; readonly to: Ifname }
  | {
      readonly op: 'set-interface';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly up?: boolean;
      readonly mtu?: number;
      readonly mac?: Mac;
      readonly master?: string | null;
    }
  /** Holds what leaves an interface to a rate (tbf); null: no limit. Only for links that close a loop of switches. */
  | {
      readonly op: 'limit-rate';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly bitsPerSecond: number | null;
    }
  /**
   * What is done to packets that leave an interface, by one root qdisc; null: nothing more. `before` is what was done until now, for a qdisc
   * of the same kind is changed in place.
   */
  | {
      readonly op: 'set-impairment';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly impairment: Impairment | null;
      readonly before: Impairment | null;
    }
  /** Spanning tree, with times as short as they may be, and whether a bridge keeps VLANs apart; what is absent stays. */
  | {
      readonly op: 'set-bridge';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly stp?: boolean;
      readonly vlanFiltering?: boolean;
    }
  /** VLANs that a port of a bridge gets, or has in another way. A new PVID takes the place of the one before. */
  | {
      readonly op: 'add-port-vlans';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly vlans: readonly ObservedPortVlan[];
    }
  | {
      readonly op: 'remove-port-vlans';
      readonly namespace: NodeName;
      readonly ifname: string;
      readonly ids: readonly number[];
    }
  /** IPv6 addresses are set without duplicate address detection (`nodad`): otherwise the first second of pings is lost. */
  | { readonly op: 'add-address'; readonly namespace: NodeName; readonly ifname: string; readonly address: Cidr }
  | { readonly op: 'remove-address'; readonly namespace: NodeName; readonly ifname: string; readonly address: Cidr }
  /** Puts our table of rules in the place of the one that is there, all of it at once. No chains: there is none afterwards. */
  | { readonly op: 'set-rules'; readonly namespace: NodeName; readonly chains: readonly RulesChain[] }
  /** Removes a table that somebody else made. */
  | { readonly op: 'remove-table'; readonly namespace: NodeName; readonly family: string; readonly table: string }
  /** Add or replace (`ip route replace`). */
  | { readonly op: 'set-route'; readonly namespace: NodeName; readonly route: RouteOperand }
  | { readonly op: 'remove-route'; readonly namespace: NodeName; readonly route: RouteOperand }
  /** Opens the way out of an internet node, or opens it anew with other ports; with it come the interface `uplink` and a default route. */
  | ({ readonly op: 'open-way-out' } & WayOutWish)
  | { readonly op: 'close-way-out'; readonly namespace: NodeName };
