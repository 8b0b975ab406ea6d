import type { Ifname, VrfName } from './names.js';
import type { Interface, Node, Route, Vrf } from './topology.js';

const none: Readonly<Record<string, Vrf>> = {};

/** The VRFs of a node by name; empty when it has none. Look one up with `Object.hasOwn` or `vrfOf`. */
export function vrfsOf(node: Pick<Node, 'vrfs'>): Readonly<Record<string, Vrf>> {
  return node.vrfs ?? none;
}

/** Names and records, with the brand that the document guarantees. */
export function vrfEntries(node: Pick<Node, 'vrfs'>): readonly (readonly [VrfName, Vrf])[] {
  return Object.entries(vrfsOf(node)) as unknown as readonly (readonly [VrfName, Vrf])[];
}

export function vrfOf(node: Pick<Node, 'vrfs'>, name: string): Vrf | null {
  const vrfs = vrfsOf(node);
  return Object.hasOwn(vrfs, name) ? (vrfs[name] ?? null) : null;
}

/** The node with these VRFs; without the field when there are none. */
export function withVrfs(node: Node, vrfs: readonly (readonly [string, Vrf])[]): Node {
  const { vrfs: _vrfs, ...rest } = node;
  return vrfs.length === 0 ? rest : { ...rest, vrfs: Object.fromEntries(vrfs) };
}

/** The VRF that an interface is in; null: none. */
export function vrfAt(node: Pick<Node, 'vrfs'>, ifname: string): VrfName | null {
  if (node.vrfs === undefined) return null;
  return vrfEntries(node).find(([, { interfaces }]) => interfaces.includes(ifname as Ifname))?.[0] ?? null;
}

/** The part of a node that routes by one table: its interfaces and routes look like those of a node without VRFs. */
export interface RoutingDomain {
  /** Null: the main table. */
  readonly vrf: VrfName | null;
  readonly node: Node;
}

const known = new WeakMap<Node, readonly RoutingDomain[]>();

/** The routing domains of a node: the main table, then its VRFs in file order. Worked out once per node, which is immutable. */
export function routingDomainsOf(node: Node): readonly RoutingDomain[] {
  if (node.vrfs === undefined) return [{ vrf: null, node }];
  const cached = known.get(node);
  if (cached !== undefined) return cached;
  const vrfs = vrfEntries(node);
  const taken = new Set<string>(vrfs.flatMap(([, { interfaces }]) => interfaces));
  const domain = (vrf: VrfName | null, routes: readonly Route[], isIn: (ifname: string) => boolean): RoutingDomain => {
    const interfaces: [string, Interface][] = Object.entries(node.interfaces).filter(([ifname]) => isIn(ifname));
    return { vrf, node: { kind: node.kind, interfaces: Object.fromEntries(interfaces), routes } };
  };
  const made = [
    domain(null, node.routes, (ifname) => !taken.has(ifname)),
    ...vrfs.map(([name, { interfaces, routes }]) => {
      const members = new Set<string>(interfaces);
      return domain(name, routes, (ifname) => members.has(ifname));
    }),
  ];
  known.set(node, made);
  return made;
}
