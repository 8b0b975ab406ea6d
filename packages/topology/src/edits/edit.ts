import type { TopologyDiff } from '../diff/topology-diff.js';
import type { Device } from '../model/device.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Firewall, Nat } from '../model/firewall.js';
import type { Impairment } from '../model/impairment.js';
import type { Cidr, CommandName, Ifname, IpAddress, Mac, NodeName, VrfName } from '../model/names.js';
import type { PortVlan } from '../model/port-vlan.js';
import type {
  CommandRestart,
  CommandStart,
  LinkKey,
  NodeKind,
  Position,
  ProbeKey,
  PublishedPort,
  Route,
  Topology,
} from '../model/topology.js';

/**
 * Everything a person can do to a document, as data. The same union is used by canvas, REST and CLI.
 * In a `set-…` edit an absent field stays as it is, and `null` clears it.
 */
export type Edit =
  | { readonly type: 'set-lab-name'; readonly name: string }
  /** Without `name` the next free one is taken: h1, r1, sw1. */
  | {
      readonly type: 'add-node';
      readonly kind: NodeKind;
      readonly name?: NodeName;
      readonly label?: string;
      readonly position?: Position;
    }
  | { readonly type: 'rename-node'; readonly node: NodeName; readonly to: NodeName }
  | { readonly type: 'set-node'; readonly node: NodeName; readonly label?: string | null }
  | { readonly type: 'move-nodes'; readonly positions: Readonly<Record<string, Position>> }
  /** Takes the nodes' links and probes (from them, and to an address of theirs) along, and says so. */
  | { readonly type: 'remove-nodes'; readonly nodes: readonly NodeName[] }
  /** Without `ifname` the next free one is taken: eth0, eth1; for a device eth0.10, vx0, mac0, dum0, gre1, bond0. */
  | { readonly type: 'add-interface'; readonly node: NodeName; readonly ifname?: Ifname; readonly device?: Device }
  /** Null: the end of a link, as every interface without a device. */
  | { readonly type: 'set-device'; readonly node: NodeName; readonly ifname: Ifname; readonly device: Device | null }
  | { readonly type: 'rename-interface'; readonly node: NodeName; readonly ifname: Ifname; readonly to: Ifname }
  | {
      readonly type: 'set-interface';
      readonly node: NodeName;
      readonly ifname: Ifname;
      readonly up?: boolean;
      readonly mtu?: number | null;
      readonly mac?: Mac | null;
    }
  | { readonly type: 'remove-interface'; readonly node: NodeName; readonly ifname: Ifname }
  /** Ends without `ifname` get a new interface. `addresses` are added to the two ends, in the order from, to. */
  | { readonly type: 'connect'; readonly from: ConnectEnd; readonly to: ConnectEnd }
  | {
      readonly type: 'disconnect';
      readonly link: LinkKey /** Also remove the two interfaces. */;
      readonly removeInterfaces?: boolean;
    }
  | {
      readonly type: 'set-link';
      readonly link: LinkKey;
      readonly up?: boolean;
      readonly mtu?: number | null;
      readonly label?: string | null;
    }
  | {
      readonly type: 'set-addresses';
      readonly node: NodeName;
      readonly ifname: Ifname;
      readonly addresses: readonly Cidr[];
    }
  | { readonly type: 'set-routes'; readonly node: NodeName; readonly routes: readonly Route[] }
  /** What happens to packets that leave the interface, as a whole; null or empty: nothing. */
  | {
      readonly type: 'set-impairment';
      readonly node: NodeName;
      readonly ifname: Ifname;
      readonly impairment: Impairment | null;
    }
  /** Spanning tree of a switch. */
  | { readonly type: 'set-switch'; readonly node: NodeName; readonly stp: boolean }
  | {
      readonly type: 'set-port-vlan';
      readonly node: NodeName;
      readonly ifname: Ifname;
      readonly vlan: PortVlan | null;
    }
  | { readonly type: 'set-nat'; readonly node: NodeName; readonly nat: Nat | null }
  | { readonly type: 'set-firewall'; readonly node: NodeName; readonly firewall: Firewall | null }
  /** Makes the VRF when the node has none of this name. Without `table` a new one gets the next free, from 100 on. */
  | {
      readonly type: 'set-vrf';
      readonly node: NodeName;
      readonly name: VrfName;
      readonly table?: number;
      readonly interfaces?: readonly Ifname[];
      readonly routes?: readonly Route[];
    }
  /** Probes and commands in it go on in it. */
  | { readonly type: 'rename-vrf'; readonly node: NodeName; readonly name: VrfName; readonly to: VrfName }
  /** Takes its routes, and the probes and commands in it along; its interfaces are in the main table then. */
  | { readonly type: 'remove-vrf'; readonly node: NodeName; readonly name: VrfName }
  | {
      readonly type: 'add-probe';
      readonly from: NodeName;
      readonly vrf?: VrfName;
      readonly to: IpAddress;
      readonly intervalMs?: number;
      readonly expect?: 'none';
    }
  | {
      readonly type: 'set-probe';
      readonly probe: ProbeKey;
      readonly intervalMs?: number;
      readonly expect?: 'none' | null;
    }
  | { readonly type: 'remove-probe'; readonly probe: ProbeKey }
  /** Without `name` it is called after its program. */
  | {
      readonly type: 'add-command';
      readonly node: NodeName;
      readonly name?: CommandName;
      readonly run: readonly string[];
      readonly vrf?: VrfName;
      readonly start?: CommandStart;
      readonly restart?: CommandRestart;
    }
  | {
      readonly type: 'set-command';
      readonly node: NodeName;
      readonly name: CommandName;
      readonly run?: readonly string[];
      readonly vrf?: VrfName | null;
      readonly start?: CommandStart;
      readonly restart?: CommandRestart;
    }
  | {
      readonly type: 'rename-command';
      readonly node: NodeName;
      readonly name: CommandName;
      readonly to: CommandName;
    }
  | { readonly type: 'remove-command'; readonly node: NodeName; readonly name: CommandName }
  /** Of an internet node. An empty list of ports closes all of them. */
  | {
      readonly type: 'set-outside';
      readonly node: NodeName;
      readonly hostPorts?: readonly number[] | null;
      readonly subnet?: Cidr | null;
    }
  /** All published ports of a node; an empty list publishes none. */
  | { readonly type: 'set-publish'; readonly node: NodeName; readonly publish: readonly PublishedPort[] }
  /** All or nothing; later edits see the earlier ones. */
  | { readonly type: 'batch'; readonly edits: readonly Edit[] }
  /** Undo and redo: refused with a diagnostic when a record it touches is no longer what the diff says it was. */
  | { readonly type: 'apply-diff'; readonly diff: TopologyDiff };

export interface ConnectEnd {
  readonly node: NodeName;
  readonly ifname?: Ifname;
  readonly addresses?: readonly Cidr[];
}

export type EditResult =
  | {
      readonly ok: true;
      readonly topology: Topology;
      readonly diff: TopologyDiff;
      /** What came to be and what went with it, for the message and for selection afterwards. */
      readonly created: {
        readonly nodes: readonly NodeName[];
        readonly interfaces: readonly InterfaceRef[];
        readonly links: readonly LinkKey[];
        readonly probes: readonly ProbeKey[];
      };
      readonly removed: {
        readonly nodes: readonly NodeName[];
        readonly interfaces: readonly InterfaceRef[];
        readonly links: readonly LinkKey[];
        readonly probes: readonly ProbeKey[];
        readonly routes: readonly { readonly node: NodeName; readonly vrf?: VrfName; readonly route: Route }[];
      };
      /** One sentence in a person's words: "Removed h3, 2 links, 1 probe." */
      readonly summary: string;
      /** Warnings of the new document that the old one did not have. */
      readonly warnings: readonly Diagnostic[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

export interface InterfaceRef {
  readonly node: NodeName;
  readonly ifname: Ifname;
}
