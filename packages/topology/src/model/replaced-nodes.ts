import { PatchedRecord } from '@vethlab/records';
import type { Node, Topology } from './topology.js';

/** What is known of a document that was made from another one without a node coming, going or being renamed. */
interface Origin {
  readonly nodes: PatchedRecord<Node>;
  readonly shape: object;
  /** Weak: a document must not keep all its ancestors in memory. */
  readonly from: WeakRef<Topology>;
  readonly replaced: ReadonlySet<string>;
}

const origins = new WeakMap<Topology, Origin>();
const shapes = new WeakMap<Topology['nodes'], object>();
const wirings = new WeakMap<Topology, object>();

/**
 * The document `base` with other records under node names that it has, and with other parts. Its `nodes` look and behave like any
 * record, but are only copied when somebody asks for all of them: `nodeOf` does not.
 */
export function withReplacedNodes(
  base: Topology,
  replaced: ReadonlyMap<string, Node>,
  parts: Pick<Topology, 'name' | 'links' | 'probes' | 'canvas'>,
): Topology {
  const before = origins.get(base)?.nodes ?? PatchedRecord.of(base.nodes);
  const nodes = before.with(replaced);
  const sameKinds = [...replaced].every(([name, node]) => isSameKind(before.get(name), node));
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
  origins.set(topology, { nodes, shape, from: new WeakRef(base), replaced: new Set(replaced.keys()) });
  const sameInterfaces = [...replaced].every(([name, node]) => hasSameInterfaces(before.get(name), node));
  if (sameKinds && sameInterfaces && parts.links === base.links) wirings.set(topology, wiringOf(base));
  return topology;
}

/** The node of this name, or null, without making a record of all of them. Safe with any text. */
export function findNode(topology: Topology, name: string): Node | null {
  const patched = origins.get(topology)?.nodes;
  if (patched !== undefined) return patched.get(name);
  return Object.hasOwn(topology.nodes, name) ? (topology.nodes[name] ?? null) : null;
}

/**
 * The names under which `topology` has other nodes than `before`, from which it was made; null when that is not known, or when nodes
 * came, went or were renamed.
 */
export function replacedSince(topology: Topology, before: Topology): ReadonlySet<string> | null {
  if (topology === before) return new Set();
  const origin = origins.get(topology);
  return origin?.from.deref() === before ? origin.replaced : null;
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
 * is known, of the same kinds and in the same VRFs. Who is wired to whom depends on nothing else.
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
  return sameNames && after.every((ifname) => a.interfaces[ifname]?.device === b.interfaces[ifname]?.device);
}

const orders = new WeakMap<object, ReadonlyMap<string, number>>();

/** The place of every node in its document, counted from 0; made once per set of nodes. */
export function nodeOrderOf(topology: Topology): ReadonlyMap<string, number> {
  const shape = shapeOf(topology);
  const known = orders.get(shape);
  if (known !== undefined) return known;
  const order = new Map(Object.keys(topology.nodes).map((name, index) => [name, index]));
  orders.set(shape, order);
  return order;
}
