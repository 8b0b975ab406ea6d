import { renameInInterface, renameInNode } from '../model/interface-references.js';
import { linkKey, withLinks } from '../model/links.js';
import type { EndpointText, Ifname } from '../model/names.js';
import { nodeOrderOf, withNodes } from '../model/replaced-nodes.js';
import type { Interface, Link, Node, Position, Probe, Route, Topology } from '../model/topology.js';
import { linkAtEndpoint, linkOf, nodeOf, probeKey } from '../model/topology-access.js';
import { vrfEntries, withVrfs } from '../model/vrfs.js';
import { OrderedRecords, type RecordsChange } from './ordered-records.js';

const nothing: RecordsChange<Node & Link> = { puts: new Map(), removes: new Set() };

/**
 * A document while it is being changed. Collections are copied when they are first written, so that an edit of a large
 * lab costs what it touches, and a record that no edit touched stays the very same object.
 */
export class Draft {
  readonly base: Topology;
  name: string;
  #nodes: OrderedRecords<Node> | null = null;
  #links: OrderedRecords<Link> | null = null;
  #probes: OrderedRecords<Probe> | null = null;
  #positions: OrderedRecords<Position> | null = null;
  /** By endpoint: links that were added here, and null for those that were removed. */
  #endsWritten = new Map<string, Link | null>();
  /** Whether what is not in there has no link, or the one of the base. */
  #endsAreAll = false;

  constructor(base: Topology) {
    this.base = base;
    this.name = base.name;
  }

  get nodes(): OrderedRecords<Node> {
    const { base } = this;
    this.#nodes ??= new OrderedRecords<Node>({
      get: (name) => nodeOf(base, name),
      size: nodeOrderOf(base).size,
      entries: () => Object.entries(base.nodes),
    });
    return this.#nodes;
  }

  get links(): OrderedRecords<Link> {
    const { base } = this;
    this.#links ??= new OrderedRecords<Link>({
      get: (key) => linkOf(base, key),
      size: base.links.length,
      entries: () => base.links.map((link) => [linkKey(link), link] as const),
    });
    return this.#links;
  }

  get probes(): OrderedRecords<Probe> {
    this.#probes ??= OrderedRecords.of(this.base.probes.map((probe) => [probeKey(probe), probe] as const));
    return this.#probes;
  }

  get positions(): OrderedRecords<Position> {
    this.#positions ??= OrderedRecords.of(Object.entries(this.base.canvas.nodes));
    return this.#positions;
  }

  node(name: string): Node | null {
    return this.nodes.get(name);
  }

  /** Replaces a node that exists. */
  replaceNode(name: string, node: Node): void {
    this.nodes.set(name, node);
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
    const written = this.#endsWritten.get(endpoint);
    const link = written === undefined && !this.#endsAreAll ? linkAtEndpoint(this.base, endpoint) : (written ?? null);
    // It may have been replaced or removed under its key.
    return link === null ? null : this.links.get(linkKey(link));
  }

  addLink(link: Link): void {
    this.links.set(linkKey(link), link);
    for (const endpoint of link.endpoints) this.#endsWritten.set(endpoint, link);
  }

  deleteLink(link: Link): void {
    this.links.delete(linkKey(link));
    for (const endpoint of link.endpoints) this.#endsWritten.set(endpoint, null);
  }

  /** Look up anew which links end where: they were changed from outside. */
  linksReplaced(): void {
    const { change } = this.links;
    if (change === null) this.#endsWritten = new Map();
    this.#endsAreAll ||= change === null;
    const links = change === null ? this.links.values() : change.puts.values();
    for (const link of links) for (const endpoint of link.endpoints) this.#endsWritten.set(endpoint, link);
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
      this.#probes = OrderedRecords.of(renamed.map((probe) => [probeKey(probe), probe] as const));
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
    const nodes = this.#nodes === null ? nothing : this.#nodes.change;
    const links = this.#links === null ? nothing : this.#links.change;
    const parts = {
      name: this.name,
      links: links === null ? [...this.links.values()] : withLinks(base.links, links),
      probes: this.#probes === null ? base.probes : [...this.#probes.values()],
      canvas: this.#positions === null ? base.canvas : { nodes: Object.fromEntries(this.#positions.entries()) },
    };
    if (nodes === null) {
      const { name, ...rest } = parts;
      return { vethlab: base.vethlab, name, nodes: Object.fromEntries(this.nodes.entries()), ...rest };
    }
    const isBase =
      nodes.puts.size + nodes.removes.size === 0 &&
      parts.name === base.name &&
      parts.links === base.links &&
      parts.probes === base.probes &&
      parts.canvas === base.canvas;
    return isBase ? base : withNodes(base, nodes.puts, nodes.removes, parts);
  }

  #rewriteLinks(matches: (endpoint: string) => boolean, renamed: (endpoint: string) => EndpointText): void {
    const current = this.#links === null ? this.base.links : [...this.#links.values()];
    if (!current.some((link) => matches(link.endpoints[0]) || matches(link.endpoints[1]))) return;
    const rewritten = current.map((link) => {
      const [a, b] = link.endpoints;
      if (!matches(a) && !matches(b)) return link;
      return { ...link, endpoints: [matches(a) ? renamed(a) : a, matches(b) ? renamed(b) : b] as const };
    });
    this.#links = OrderedRecords.of(rewritten.map((link) => [linkKey(link), link] as const));
    this.linksReplaced();
  }
}
