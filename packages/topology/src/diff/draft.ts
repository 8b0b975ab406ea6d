import { renameInInterface, renameInNode } from '../model/interface-references.js';
import type { EndpointText, Ifname } from '../model/names.js';
import { withReplacedNodes } from '../model/replaced-nodes.js';
import type { Interface, Link, Node, Position, Probe, Route, Topology } from '../model/topology.js';
import { linkKey, nodeOf, probeKey } from '../model/topology-access.js';
import { vrfEntries, withVrfs } from '../model/vrfs.js';
import { OrderedRecords } from './ordered-records.js';

/**
 * A document while it is being changed. Collections are copied when they are first written, so that an edit of a large
 * lab costs what it touches, and a record that no edit touched stays the very same object.
 */
export class Draft {
  readonly base: Topology;
  name: string;
  #nodes: OrderedRecords<Node> | null = null;
  /** Nodes that were replaced in place, as long as none came, went or was renamed: then nothing else is copied. */
  readonly #replaced = new Map<string, Node>();
  #links: OrderedRecords<Link> | null = null;
  #probes: OrderedRecords<Probe> | null = null;
  #positions: OrderedRecords<Position> | null = null;
  #linkKeyByEndpoint: Map<string, string> | null = null;

  constructor(base: Topology) {
    this.base = base;
    this.name = base.name;
  }

  get nodes(): OrderedRecords<Node> {
    if (this.#nodes === null) {
      this.#nodes = new OrderedRecords(Object.entries(this.base.nodes));
      for (const [name, node] of this.#replaced) this.#nodes.set(name, node);
    }
    return this.#nodes;
  }

  get links(): OrderedRecords<Link> {
    this.#links ??= new OrderedRecords(this.base.links.map((link) => [linkKey(link), link] as const));
    return this.#links;
  }

  get probes(): OrderedRecords<Probe> {
    this.#probes ??= new OrderedRecords(this.base.probes.map((probe) => [probeKey(probe), probe] as const));
    return this.#probes;
  }

  get positions(): OrderedRecords<Position> {
    this.#positions ??= new OrderedRecords(Object.entries(this.base.canvas.nodes));
    return this.#positions;
  }

  /** Like `nodes.get`, without copying the collection. */
  node(name: string): Node | null {
    if (this.#nodes !== null) return this.#nodes.get(name);
    const replaced = this.#replaced.get(name);
    if (replaced !== undefined) return replaced;
    return nodeOf(this.base, name);
  }

  /** Replaces a node that exists. */
  replaceNode(name: string, node: Node): void {
    if (this.#nodes === null) this.#replaced.set(name, node);
    else this.#nodes.set(name, node);
  }

  interface(node: string, ifname: string): Interface | null {
    const interfaces = this.node(node)?.interfaces;
    return interfaces !== undefined && Object.hasOwn(interfaces, ifname) ? (interfaces[ifname] ?? null) : null;
  }

  /** Adds or replaces an interface of a node that exists. */
  setInterface(node: string, ifname: string, value: Interface): void {
    const record = this.node(node);
    if (record === null) return;
    this.replaceNode(node, { ...record, interfaces: { ...record.interfaces, [ifname]: value } });
  }

  deleteInterface(node: string, ifname: string): void {
    const record = this.node(node);
    if (record === null) return;
    const kept = Object.entries(record.interfaces).filter(([name]) => name !== ifname);
    this.replaceNode(node, { ...record, interfaces: Object.fromEntries(kept) });
  }

  /** Of the main table, or of a VRF that the node has. */
  setRoutes(node: string, routes: readonly Route[], vrf: string | null = null): void {
    const record = this.node(node);
    if (record === null) return;
    if (vrf === null) {
      this.replaceNode(node, { ...record, routes });
      return;
    }
    const vrfs = vrfEntries(record).map(([name, one]) => [name, name === vrf ? { ...one, routes } : one] as const);
    this.replaceNode(node, withVrfs(record, vrfs));
  }

  linkAt(endpoint: string): Link | null {
    this.#linkKeyByEndpoint ??= new Map(
      [...this.links.entries()].flatMap(([key, link]) => link.endpoints.map((end) => [end, key] as const)),
    );
    const key = this.#linkKeyByEndpoint.get(endpoint);
    return key === undefined ? null : this.links.get(key);
  }

  addLink(link: Link): void {
    const key = linkKey(link);
    this.links.set(key, link);
    for (const endpoint of link.endpoints) this.#linkKeyByEndpoint?.set(endpoint, key);
  }

  deleteLink(link: Link): void {
    this.links.delete(linkKey(link));
    for (const endpoint of link.endpoints) this.#linkKeyByEndpoint?.delete(endpoint);
  }

  /** Forget look-ups made from the links: they were changed from outside. */
  linksReplaced(): void {
    this.#linkKeyByEndpoint = null;
  }

  /** Renames a node that exists to a name that is free, and everything that names it. */
  renameNode(from: string, to: string): void {
    this.nodes.rekey((name) => (name === from ? to : name));
    const prefix = `${from}:`;
    this.#rewriteLinks(
      (endpoint) => endpoint.startsWith(prefix),
      (endpoint) => `${to}:${endpoint.slice(prefix.length)}`,
    );
    const probes = [...this.probes.values()];
    if (probes.some((probe) => probe.from === from)) {
      const renamed = probes.map((probe) => (probe.from === from ? { ...probe, from: to as Probe['from'] } : probe));
      this.#probes = new OrderedRecords(renamed.map((probe) => [probeKey(probe), probe] as const));
    }
    if (this.positions.has(from)) this.positions.rekey((name) => (name === from ? to : name));
  }

  /** Renames an interface that exists to a name that is free in its node, with its link's end and all that names it in the node. */
  renameInterface(node: string, from: string, to: string): void {
    const record = this.node(node);
    if (record === null) return;
    const rename = (ifname: Ifname) => (ifname === from ? (to as Ifname) : ifname);
    const interfaces = Object.fromEntries(
      Object.entries(record.interfaces).map(([name, value]) => [
        rename(name as Ifname),
        renameInInterface(value, rename),
      ]),
    );
    this.replaceNode(node, { ...renameInNode(record, rename), interfaces });
    this.#rewriteLinks(
      (endpoint) => endpoint === `${node}:${from}`,
      () => `${node}:${to}`,
    );
  }

  /** The document as it is now. Collections that nobody wrote are those of the base. */
  toTopology(): Topology {
    const { base } = this;
    const touched = this.#nodes ?? this.#links ?? this.#probes ?? this.#positions;
    if (touched === null && this.#replaced.size === 0 && this.name === base.name) return base;
    const parts = {
      name: this.name,
      links: this.#links === null ? base.links : [...this.#links.values()],
      probes: this.#probes === null ? base.probes : [...this.#probes.values()],
      canvas: this.#positions === null ? base.canvas : { nodes: Object.fromEntries(this.#positions.entries()) },
    };
    if (this.#nodes === null) return withReplacedNodes(base, this.#replaced, parts);
    const { name, ...rest } = parts;
    return { vethlab: base.vethlab, name, nodes: Object.fromEntries(this.#nodes.entries()), ...rest };
  }

  #rewriteLinks(matches: (endpoint: string) => boolean, renamed: (endpoint: string) => EndpointText): void {
    const current = this.#links === null ? this.base.links : [...this.#links.values()];
    if (!current.some((link) => matches(link.endpoints[0]) || matches(link.endpoints[1]))) return;
    const rewritten = current.map((link) => {
      const [a, b] = link.endpoints;
      if (!matches(a) && !matches(b)) return link;
      return { ...link, endpoints: [matches(a) ? renamed(a) : a, matches(b) ? renamed(b) : b] as const };
    });
    this.#links = new OrderedRecords(rewritten.map((link) => [linkKey(link), link] as const));
    this.linksReplaced();
  }
}
