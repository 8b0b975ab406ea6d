import type { Cidr, EndpointText, Ifname, IpAddress, Mac, NodeName } from './names.js';

/** Later kinds are added, never renamed. */
export type NodeKind = 'host' | 'router' | 'switch';

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
  /** By ifname, in file order. A switch's interfaces are the ports of its bridge `br0`. */
  readonly interfaces: Readonly<Record<string, Interface>>;
  readonly routes: readonly Route[];
}

export interface Interface {
  readonly addresses: readonly Cidr[];
  /** Admin state that is wanted; true unless the file says `up: false`. */
  readonly up: boolean;
  readonly mtu?: number;
  readonly mac?: Mac;
}

export interface Route {
  /** `default` means 0.0.0.0/0 or ::/0, whichever family `via` has. */
  readonly to: Cidr | 'default';
  readonly via?: IpAddress;
  readonly dev?: Ifname;
  readonly metric?: number;
}

export interface Link {
  readonly endpoints: readonly [EndpointText, EndpointText];
  /** False takes both ends down. */
  readonly up: boolean;
  readonly mtu?: number;
  readonly label?: string;
}

/** A repeated ping from a node to an address. Unique by `from` and `to`. */
export interface Probe {
  readonly from: NodeName;
  readonly to: IpAddress;
  readonly intervalMs: number;
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

/** `from>to`, for example `ns1>192.168.2.1`. */
export type ProbeKey = `${string}>${string}`;
