import type { Device } from './device.js';
import type { Firewall, Nat } from './firewall.js';
import type { Impairment } from './impairment.js';
import type { Cidr, EndpointText, Ifname, IpAddress, Mac, NodeName, VrfName } from './names.js';
import type { PortVlan } from './port-vlan.js';

/** Later kinds are added, never renamed. */
export type NodeKind = 'host' | 'router' | 'switch' | 'internet';

/** What the user wants: one document, immutable, with every default filled in. */
export interface Topology {
  /** Format version of the lab file. */
  readonly vethlab: 1;
  readonly name: string;
  /** In file order. Look nodes up with `Object.hasOwn` or `nodeOf`, never by a bare index with foreign text. */
  readonly nodes: Readonly<Record<string, Node>>;
  readonly links: readonly Link[];
  readonly probes: readonly Probe[];
  readonly canvas: Canvas;
}

export interface Node {
  readonly kind: NodeKind;
  /** Free text, at most 100 characters. Never near a command. */
  readonly label?: string;
  /** A router that forwards packets of one family only; absent: of both. */
  readonly forwards?: 'ipv4' | 'ipv6';
  /** The loopback is left down, as `ip netns add` leaves it; absent: it is up. */
  readonly loopback?: 'down';
  /** Of a switch: spanning tree is on, so that loops do no harm. Absent: off, and its ports forward at once. */
  readonly stp?: true;
  /** By ifname, in file order. A switch's interfaces are the ports of its bridge `br0`. */
  readonly interfaces: Readonly<Record<string, Interface>>;
  readonly routes: readonly Route[];
  /** Routing domains inside the node, by name, in file order; absent when there are none. See `vrfsOf`. */
  readonly vrfs?: Readonly<Record<string, Vrf>>;
  /** Translation of addresses; absent: none. */
  readonly nat?: Nat;
  /** Absent: everything passes. */
  readonly firewall?: Firewall;
  /** By name, in file order; absent when there are none. See `commandsOf`. They run in the node's namespace. */
  readonly commands?: Readonly<Record<string, Command>>;
  /** Of an internet node: TCP ports of the machine's loopback that the lab may reach through it; absent: none. */
  readonly hostPorts?: readonly number[];
  /** Of an internet node: the subnet between it and its way out; absent: `DEFAULT_OUTSIDE_SUBNET`. */
  readonly subnet?: Cidr;
  /** Ports of this node that can be reached on the machine's loopback; absent when there are none. */
  readonly publish?: readonly PublishedPort[];
}

/** A TCP port of a node, on 127.0.0.1 of the machine. */
export interface PublishedPort {
  /** The port that a program in the node listens on. */
  readonly port: number;
  /** The port of the machine's loopback. One node of a lab has it. */
  readonly at: number;
}

/** With the lab: after the lab was applied. By hand: when somebody starts it. */
export type CommandStart = 'with-lab' | 'by-hand';

/** When a command that ended by itself is started again. On failure: after an exit code other than 0, or a signal. */
export type CommandRestart = 'never' | 'on-failure' | 'always';

/** A program that runs in the namespace of a node. */
export interface Command {
  /** The program and its arguments, as the kernel gets them (execve(2)); no shell reads them. At least one. */
  readonly run: readonly string[];
  /** All its IPv4 and IPv6 sockets are of this VRF of the node; absent: of none. */
  readonly vrf?: VrfName;
  readonly start: CommandStart;
  readonly restart: CommandRestart;
}

export interface Interface {
  /** What it is, when it is not the end of a link. */
  readonly device?: Device;
  readonly addresses: readonly Cidr[];
  /** Admin state that is wanted; true unless the file says `up: false`. */
  readonly up: boolean;
  readonly mtu?: number;
  readonly mac?: Mac;
  /** What happens to packets that leave the interface; absent: nothing. */
  readonly impairment?: Impairment;
  /** Of a port of a switch. Absent: it has nothing to do with VLANs; if another port of the switch has, it is in VLAN 1. */
  readonly vlan?: PortVlan;
}

export interface Route {
  /** `default` means 0.0.0.0/0 or ::/0, whichever family `via` has. */
  readonly to: Cidr | 'default';
  readonly via?: IpAddress;
  readonly dev?: Ifname;
  readonly metric?: number;
}

/**
 * A routing domain of a node, in the kernel a device of kind vrf with the name of the record. Its members' connected routes are in its
 * table, and what comes in through a member is routed by it.
 */
export interface Vrf {
  /** Number of the routing table. One table belongs to one VRF. */
  readonly table: number;
  /** Interfaces of the node. One interface is in at most one VRF. */
  readonly interfaces: readonly Ifname[];
  /** Gateways and interfaces are those of the VRF's members. */
  readonly routes: readonly Route[];
}

export interface Link {
  readonly endpoints: readonly [EndpointText, EndpointText];
  /** False takes both ends down. */
  readonly up: boolean;
  readonly mtu?: number;
  readonly label?: string;
}

/** A repeated ping from a node to an address. Unique by `from`, `vrf` and `to`. */
export interface Probe {
  readonly from: NodeName;
  /** Sent in this VRF of the node; absent: by the main table. */
  readonly vrf?: VrfName;
  readonly to: IpAddress;
  readonly intervalMs: number;
  /** There must be no answer: the lab is right when the ping fails. Absent: there must be one. */
  readonly expect?: 'none';
}

export interface Canvas {
  readonly nodes: Readonly<Record<string, Position>>;
}

export interface Position {
  readonly x: number;
  readonly y: number;
}

/** A link has no name of its own: its key is its endpoints in file order, `a:eth0--b:eth0`. */
export type LinkKey = `${EndpointText}--${EndpointText}`;

/** `from>to`, for example `ns1>192.168.2.1`; in a VRF `from%vrf>to`. */
export type ProbeKey = `${string}>${string}`;
