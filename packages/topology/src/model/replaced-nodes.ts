import { PatchedRecord } from '@vethlab/records';
import type { Node, Topology } from './topology.js';

/** What is known of a document that was made from another one by replacing, removing and adding nodes. */
interface Origin {
  readonly nodes: PatchedRecord<Node>;
  readonly shape: object;
  /** Weak: a document must not keep all its ancestors in memory. */
  readonly from: WeakRef<Topology>;
  /** Names of nodes that are other ones, came or went. */
  readonly changed: ReadonlySet<string>;
  /** None came or went. */
  readonly hasSameNames: boolean;
}

const origins = new WeakMap<Topology, Origin>();
const shapes = new WeakMap<Topology['nodes'], object>();
const wirings = new WeakMap<Topology, object>();

/**
 * The document `base` with these nodes put, in their places or at the end, without those of these names, and with other parts. Its
 * `nodes` look and behave like any record, but are only copied when somebody asks for all of them: `nodeOf` does not.
 */
export function withNodes(
  base: Topology,
  puts: ReadonlyMap<string, Node>,
  removes: ReadonlySet<string>,
  parts: Pick<Topology, 'name' | 'links' | 'probes' | 'canvas'>,
): Topology {
  const before = origins.get(base)?.nodes ?? PatchedRecord.of(base.nodes);
  const nodes = before.with(puts, removes);
  const hasSameNames = removes.size === 0 && [...puts.keys()].every((name) => before.get(name) !== null);
  const sameKinds = hasSameNames && [...puts].every(([name, node]) => isSameKind(before.get(name), node));
  const shape = sameKinds ? shapeOf(base) : {};
  const topology: Topology = {
    vethlab: base.vethlab,
    name: parts.name,
    // An own property, so that JSON, spread and structured clone see it as any other.
    get nodes() {
      const whole = nodes.whole();
      if (!shapes.has(whole)) shapes.set(whole, shape);
      return whole;
    },
    links: parts.links,
    probes: parts.probes,
    canvas: parts.canvas,
  };
  const changed = new Set([...puts.keys(), ...removes]);
  origins.set(topology, { nodes, shape, from: new WeakRef(base), changed, hasSameNames });
  if (!sameKinds) inheritShape(shapeOf(base), shape, before, puts, removes);
  const isWiredAlike =
    sameKinds &&
    parts.links === base.links &&
    [...puts].every(([name, node]) => hasSameInterfaces(before.get(name), node));
  if (isWiredAlike) wirings.set(topology, wiringOf(base));
  return topology;
}

/** The node of this name, or null, without making a record of all of them. Safe with any text. */
export function findNode(topology: Topology, name: string): Node | null {
  const patched = origins.get(topology)?.nodes;
  if (patched !== undefined) return patched.get(name);
  return Object.hasOwn(topology.nodes, name) ? (topology.nodes[name] ?? null) : null;
}

/** The document that another one was made from, and names of the nodes that are other ones, came or went; null when that is not known. */
export function madeFrom(
  topology: Topology,
): { readonly base: Topology; readonly changed: ReadonlySet<string> } | null {
  const origin = origins.get(topology);
  const base = origin?.from.deref();
  return origin === undefined || base === undefined ? null : { base, changed: origin.changed };
}

/** Names of the nodes that are other ones than in `before`, came or went since; null when that is not known. */
export function changedSince(topology: Topology, before: Topology): ReadonlySet<string> | null {
  if (topology === before) return new Set();
  const origin = origins.get(topology);
  return origin?.from.deref() === before ? origin.changed : null;
}

/** The same; null also when nodes came or went. */
export function replacedSince(topology: Topology, before: Topology): ReadonlySet<string> | null {
  return topology === before || origins.get(topology)?.hasSameNames ? changedSince(topology, before) : null;
}

/**
 * The same object for documents with the same node names and kinds (spanning tree of switches included) in the same order, as far as that is known. What depends on
 * nothing else can be kept by it.
 */
export function shapeOf(topology: Topology): object {
  const known = origins.get(topology)?.shape ?? shapes.get(topology.nodes);
  if (known !== undefined) return known;
  const shape = {};
  shapes.set(topology.nodes, shape);
  return shape;
}

/**
 * The same object for documents with the same links, and with the same interfaces in the same nodes in the same order, as far as that
 * is known, of the same kinds and in the same VRFs and VLANs. Who is wired to whom depends on nothing else.
 */
export function wiringOf(topology: Topology): object {
  const known = wirings.get(topology);
  if (known !== undefined) return known;
  const wiring = {};
  wirings.set(topology, wiring);
  return wiring;
}

function isSameKind(a: Node | null, b: Node): boolean {
  return a !== null && a.kind === b.kind && a.stp === b.stp;
}

function hasSameInterfaces(a: Node | null, b: Node): boolean {
  if (a === null || a.vrfs !== b.vrfs) return false;
  if (a.interfaces === b.interfaces) return true;
  const before = Object.keys(a.interfaces);
  const after = Object.keys(b.interfaces);
  const sameNames = before.length === after.length && after.every((ifname, index) => ifname === before[index]);
  const isSame = (ifname: string) =>
    a.interfaces[ifname]?.device === b.interfaces[ifname]?.device &&
    a.interfaces[ifname]?.vlan === b.interfaces[ifname]?.vlan;
  return sameNames && after.every(isSame);
}

/** The place of every node in its document, counted from 0. */
export interface NodeOrder {
  readonly size: number;
  get(name: string): number | null;
  has(name: string): boolean;
}

class Places implements NodeOrder {
  constructor(
    readonly places: PatchedRecord<number>,
    readonly size: number,
  ) {}

  get(name: string): number | null {
    return this.places.get(name);
  }

  has(name: string): boolean {
    return this.places.get(name) !== null;
  }

  with(names: readonly string[]): Places {
    const added = new Map(names.map((name, index) => [name, this.size + index]));
    return new Places(this.places.with(added), this.size + names.length);
  }
}

const orders = new WeakMap<object, Places>();
const switches = new WeakMap<object, ReadonlySet<string>>();

/** Made once per set of nodes, or from that of the document it was made from. */
export function nodeOrderOf(topology: Topology): NodeOrder {
  const shape = shapeOf(topology);
  const known = orders.get(shape);
  if (known !== undefined) return known;
  const names = Object.keys(topology.nodes);
  const places = Object.fromEntries(names.map((name, index) => [name, index]));
  const made = new Places(PatchedRecord.of(places), names.length);
  orders.set(shape, made);
  return made;
}

/**
 * Names of the switches without spanning tree. One with it opens every loop that it is in: the others pass its messages on, and it hears
 * itself.
 */
export function loopingSwitchesOf(topology: Topology): ReadonlySet<string> {
  const shape = shapeOf(topology);
  const known = switches.get(shape);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const [name, node] of Object.entries(topology.nodes)) if (canLoop(node)) found.add(name);
  switches.set(shape, found);
  return found;
}

function canLoop(node: Node | null): boolean {
  return node?.kind === 'switch' && node.stp === undefined;
}

/** What is kept by the shape of a document, taken on by one with other names or kinds: a node more in a thousand costs that node. */
function inheritShape(
  from: object,
  to: object,
  before: PatchedRecord<Node>,
  puts: ReadonlyMap<string, Node>,
  removes: ReadonlySet<string>,
): void {
  const order = orders.get(from);
  const added = [...puts.keys()].filter((name) => before.get(name) === null);
  // A place left free would move all that come after it; and records have names that are numbers come first.
  if (order !== undefined && removes.size === 0 && !added.some((name) => /^\d+$/.test(name))) {
    orders.set(to, order.with(added));
  }
  const known = switches.get(from);
  const isSwitch = (name: string) => canLoop(before.get(name)) || canLoop(puts.get(name) ?? null);
  if (known !== undefined && ![...puts.keys(), ...removes].some(isSwitch)) switches.set(to, known);
}
