import {
  namespaceOf,
  type Observed,
  type ObservedInterface,
  type ObservedNamespace,
  ROOT_NAMESPACE,
} from '@vethlab/observed';
import { type Interface, type Link, linkKey, type Node, type Topology } from '@vethlab/topology';
import { endText } from '../names.js';
import type { Choice } from './choice.js';
import type { LeftOut } from './left-out.js';

/** As people count: ns2 before ns10. Which of two namespaces was seen first is a matter of milliseconds. */
const asPeopleCount = new Intl.Collator('en', { numeric: true });

/** A document on its way to what the kernel has. */
export class AdoptionWork {
  readonly nodes: Map<string, Node>;
  readonly links: Map<string, Link>;
  /** Nodes that the document did not have. */
  readonly fresh = new Set<string>();
  readonly removed = new Set<string>();
  /** `node:interface` of links and devices that the document did not have. */
  readonly freshEnds = new Set<string>();
  readonly leftOut: LeftOut[] = [];
  /** Names of nodes and namespaces to look at: those of the document as they stand there, then the others as people count. */
  readonly view: ReadonlySet<string>;
  /** Interfaces of nodes in which one has changed; copied once, also of a router with a thousand. */
  readonly #touched = new Map<string, Map<string, Interface>>();

  constructor(
    readonly topology: Topology,
    readonly observed: Observed,
    readonly choice: Choice,
    view: ReadonlySet<string>,
  ) {
    const names = [...view];
    const strangers = names.filter((name) => !Object.hasOwn(topology.nodes, name));
    const members = names.filter((name) => Object.hasOwn(topology.nodes, name));
    this.view = new Set([...members, ...strangers.sort(asPeopleCount.compare)]);
    this.nodes = new Map(Object.entries(topology.nodes));
    this.links = new Map(topology.links.map((link) => [linkKey(link), link]));
  }

  /** Namespaces in view that are nodes, with both. */
  *members(): Generator<{ readonly name: string; readonly node: Node; readonly namespace: ObservedNamespace }> {
    for (const name of this.view) {
      const node = this.nodes.get(name);
      const namespace = this.namespace(name);
      if (node !== undefined && namespace !== null) yield { name, node, namespace };
    }
  }

  namespace(name: string): ObservedNamespace | null {
    return namespaceOf(this.observed, name);
  }

  /** Also of the root namespace. */
  interface(name: string, ifname: string): ObservedInterface | null {
    const interfaces = name === ROOT_NAMESPACE ? (this.observed.root ?? {}) : (this.namespace(name)?.interfaces ?? {});
    return Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
  }

  /** The interface of a node as it is so far. */
  record(name: string, ifname: string): Interface | null {
    const touched = this.#touched.get(name);
    if (touched !== undefined) return touched.get(ifname) ?? null;
    const interfaces = this.nodes.get(name)?.interfaces ?? {};
    return Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
  }

  /** Puts an interface into a node, or (null) takes it out. A record that says the same stays the same object. */
  put(name: string, ifname: string, record: Interface | null): void {
    const before = this.record(name, ifname);
    if (before === record || !this.nodes.has(name)) return;
    if (before !== null && record !== null && isSame(before, record)) return;
    let touched = this.#touched.get(name);
    if (touched === undefined) {
      touched = new Map(Object.entries(this.nodes.get(name)?.interfaces ?? {}));
      this.#touched.set(name, touched);
    }
    if (record === null) touched.delete(ifname);
    else touched.set(ifname, record);
  }

  leave(namespace: string, ifname: string | undefined, what: string, why: string): void {
    if (!this.choice.concerns(namespace, ifname)) return;
    const where =
      ifname !== undefined ? endText({ namespace, ifname }) : namespace === '' ? 'the root namespace' : namespace;
    this.leftOut.push({ namespace, ...(ifname === undefined ? {} : { ifname }), where, what, why });
  }

  /** The document as far as it is. */
  get draft(): Topology {
    for (const [name, interfaces] of this.#touched) {
      const node = this.nodes.get(name);
      if (node !== undefined) this.nodes.set(name, { ...node, interfaces: Object.fromEntries(interfaces) });
    }
    this.#touched.clear();
    return { ...this.topology, nodes: Object.fromEntries(this.nodes), links: [...this.links.values()] };
  }
}

function isSame(a: Interface, b: Interface): boolean {
  return (
    JSON.stringify(a.device) === JSON.stringify(b.device) &&
    a.up === b.up &&
    a.mtu === b.mtu &&
    a.mac === b.mac &&
    a.impairment === b.impairment &&
    a.vlan === b.vlan &&
    a.addresses.length === b.addresses.length &&
    a.addresses.every((address, index) => address === b.addresses[index])
  );
}
