import { Draft } from '../diff/draft.js';
import { sequenceAll } from '../diff/rename-map.js';
import type { Change, Rename } from '../diff/topology-diff.js';
import { type Device, livesOnParent, parentOf } from '../model/device.js';
import type { Diagnostic, DocumentPath, Fix } from '../model/diagnostic.js';
import type { DiagnosticCode } from '../model/diagnostic-codes.js';
import { withoutReferences } from '../model/interface-references.js';
import type { Ifname, NodeName, VrfName } from '../model/names.js';
import { diagnostic } from '../model/problem.js';
import { withoutRulesOf } from '../model/rule-references.js';
import type { Link, LinkKey, Node, NodeKind, ProbeKey, Route, Topology } from '../model/topology.js';
import { interfaceOf, linkKey, nodeOf } from '../model/topology-access.js';
import { routingDomainsOf } from '../model/vrfs.js';
import { freeNumberedName } from '../naming/next-name.js';
import { routeProblem } from '../validation/check-routes.js';
import type { InterfaceRef } from './edit.js';

/** Why an edit was not carried out; null when it was. */
export type Refusal = readonly Diagnostic[] | null;

/** One edit, or one batch, while it is being carried out: the draft, and what came and went. */
export class EditWork {
  readonly draft: Draft;
  /** Where the edit stands: `[]`, or `['edits', 3]` inside a batch. */
  path: DocumentPath = [];
  /** What was done, in a person's words; one sentence per edit. */
  readonly sentences: string[] = [];
  readonly created = {
    nodes: [] as NodeName[],
    interfaces: [] as InterfaceRef[],
    links: [] as LinkKey[],
    probes: [] as ProbeKey[],
  };
  readonly removed = {
    nodes: [] as NodeName[],
    interfaces: [] as InterfaceRef[],
    links: [] as LinkKey[],
    probes: [] as ProbeKey[],
    routes: [] as { readonly node: NodeName; readonly vrf?: VrfName; readonly route: Route }[],
  };
  /** Rules of firewalls and NAT that named an interface which went. */
  removedRules = 0;
  /** Lower numbers are taken: a batch of thousands of new nodes would otherwise try them all for each. */
  readonly #takenBelow = new Map<NodeKind, number>();
  /** Name in the base of every node that was added or renamed: null when it is new. */
  readonly #nodeOrigins = new Map<string, string | null>();
  /** The same for interfaces, by the present name of their node. */
  readonly #ifnameOrigins = new Map<string, Map<string, string | null>>();

  constructor(base: Topology) {
    this.draft = new Draft(base);
  }

  refuse(code: DiagnosticCode, field: DocumentPath, detail: string, fix?: Fix): readonly Diagnostic[] {
    return [diagnostic(code, [...this.path, ...field], detail, fix)];
  }

  /** The node, or the refusal that says that there is none. */
  require(node: string, field: DocumentPath): Node | readonly Diagnostic[] {
    return this.draft.node(node) ?? this.refuse('edit.node-missing', field, `There is no node ${node}.`);
  }

  /** The lowest free name for a node of this kind: h1, r1, sw1. */
  freeNodeName(kind: NodeKind): NodeName {
    const isTaken = (name: string) => this.draft.node(name) !== null;
    const { name, number } = freeNumberedName(kind, isTaken, this.#takenBelow.get(kind) ?? 1);
    this.#takenBelow.set(kind, number);
    return name;
  }

  /** Names may have become free. */
  forgetTakenNames(): void {
    this.#takenBelow.clear();
  }

  addNode(name: NodeName, node: Node): void {
    this.draft.nodes.set(name, node);
    this.#nodeOrigins.set(name, null);
    this.created.nodes.push(name);
  }

  renameNode(from: NodeName, to: NodeName): void {
    this.#nodeOrigins.set(to, this.#originOf(from));
    this.#nodeOrigins.delete(from);
    const interfaces = this.#ifnameOrigins.get(from);
    this.#ifnameOrigins.delete(from);
    if (interfaces !== undefined) this.#ifnameOrigins.set(to, interfaces);
    this.draft.renameNode(from, to);
  }

  addInterface(node: NodeName, ifname: Ifname, device?: Device): void {
    const made = device === undefined ? {} : { device };
    this.draft.setInterface(node, ifname, { ...made, addresses: [], up: true });
    this.#originsIn(node).set(ifname, null);
    this.created.interfaces.push({ node, ifname });
  }

  renameInterface(node: NodeName, from: Ifname, to: Ifname): void {
    const origins = this.#originsIn(node);
    origins.set(to, this.#ifnameOriginOf(node, from));
    origins.delete(from);
    this.draft.renameInterface(node, from, to);
  }

  /** Removes an interface with its link, the interfaces that cannot be without it, and the routes and rules that need it. */
  removeInterface(node: NodeName, ifname: Ifname): void {
    const link = this.draft.linkAt(`${node}:${ifname}`);
    if (link !== null) this.removeLink(link);
    for (const [name, { device }] of Object.entries(this.draft.node(node)?.interfaces ?? {})) {
      if (livesOnParent(device) && parentOf(device) === ifname) this.removeInterface(node, name as Ifname);
    }
    this.changeNode(node, () => {
      this.draft.deleteInterface(node, ifname);
      const left = this.draft.node(node);
      if (left !== null) this.draft.replaceNode(node, withoutReferences(left, ifname));
    });
    const left = this.draft.node(node);
    if (left !== null) {
      const { record, removed } = withoutRulesOf(left, (name) => name === ifname);
      if (record !== left) this.draft.replaceNode(node, record);
      this.removedRules += removed;
    }
    this.removed.interfaces.push({ node, ifname });
  }

  removeLink(link: Link): void {
    this.draft.deleteLink(link);
    this.removed.links.push(linkKey(link));
  }

  /** Removes a node that has no links and probes any more. */
  removeNode(name: NodeName): void {
    const node = this.draft.node(name);
    if (node === null) return;
    for (const ifname of Object.keys(node.interfaces)) {
      this.removed.interfaces.push({ node: name, ifname: ifname as Ifname });
    }
    this.draft.nodes.delete(name);
    this.#nodeOrigins.delete(name);
    this.#ifnameOrigins.delete(name);
    if (this.draft.positions.has(name)) this.draft.positions.delete(name);
    this.removed.nodes.push(name);
  }

  /**
   * Changes interfaces of a node. Routes that the kernel would have taken before and would not take after go along,
   * as they do in the kernel when an address or an interface vanishes.
   *
   * @param said a VRF whose routes somebody just gave: they are refused rather than dropped
   */
  changeNode(name: NodeName, change: () => void, said?: VrfName): void {
    const before = this.draft.node(name);
    change();
    const after = this.draft.node(name);
    if (before === null || after === null) return;
    const domains = routingDomainsOf(before);
    for (const { vrf, node } of routingDomainsOf(after)) {
      const was = domains.find((domain) => domain.vrf === vrf)?.node;
      if (was === undefined || node.routes.length === 0 || (vrf !== null && vrf === said)) continue;
      const lost = node.routes.filter(
        (route) => routeProblem(node, route) !== null && routeProblem(was, route) === null,
      );
      if (lost.length === 0) continue;
      const kept = node.routes.filter((route) => !lost.includes(route));
      this.draft.setRoutes(name, kept, vrf);
      for (const route of lost) this.removed.routes.push({ node: name, ...(vrf === null ? {} : { vrf }), route });
    }
  }

  /** Notes what a change of an applied diff brought or took. */
  noteChange(change: Change): void {
    if (change.before !== null && change.after !== null) return;
    const list = change.after === null ? this.removed : this.created;
    if (change.record === 'node') list.nodes.push(change.node);
    else if (change.record === 'interface') list.interfaces.push({ node: change.node, ifname: change.ifname });
    else if (change.record === 'link') list.links.push(change.key);
    else if (change.record === 'probe') list.probes.push(change.key);
  }

  /** The renames of everything that was there before and still is, in an order that works. */
  renames(after: Topology): readonly Rename[] {
    const { base } = this.draft;
    const nodes = new Map<string, string>();
    for (const [name, origin] of this.#nodeOrigins) if (origin !== null && origin !== name) nodes.set(origin, name);
    const interfaces = new Map<string, ReadonlyMap<string, string>>();
    for (const [node, origins] of this.#ifnameOrigins) {
      const pairs = [...origins].flatMap(([name, origin]) =>
        origin !== null && origin !== name ? [[origin, name] as const] : [],
      );
      if (pairs.length > 0) interfaces.set(node, new Map(pairs));
    }
    if (nodes.size === 0 && interfaces.size === 0) return [];
    const has = (topology: Topology, node: string) => nodeOf(topology, node) !== null;
    const interfacesAt = (node: string) => {
      const origin = this.#originOf(node);
      return origin === null ? {} : (nodeOf(base, origin)?.interfaces ?? {});
    };
    // A name of the base that no surviving record came from is leaving, even when something new has it now.
    const kept = new Set([...nodes.keys()]);
    const leavingNodes = new Set([...nodes.values()].filter((name) => has(base, name) && !kept.has(name)));
    return sequenceAll({
      nodes,
      leavingNodes,
      interfaces,
      leavingInterfaces: (node) => {
        const pairs = interfaces.get(node) ?? new Map<string, string>();
        return new Set(
          [...pairs.values()].filter((name) => Object.hasOwn(interfacesAt(node), name) && !pairs.has(name)),
        );
      },
      isNodeTaken: (name) => has(base, name) || has(after, name),
      isIfnameTaken: (node, ifname) =>
        Object.hasOwn(interfacesAt(node), ifname) || Object.hasOwn(nodeOf(after, node)?.interfaces ?? {}, ifname),
    }).renames;
  }

  #originOf(name: string): string | null {
    const origin = this.#nodeOrigins.get(name);
    if (origin !== undefined) return origin;
    return nodeOf(this.draft.base, name) === null ? null : name;
  }

  #originsIn(node: string): Map<string, string | null> {
    const known = this.#ifnameOrigins.get(node);
    if (known !== undefined) return known;
    const made = new Map<string, string | null>();
    this.#ifnameOrigins.set(node, made);
    return made;
  }

  #ifnameOriginOf(node: string, ifname: string): string | null {
    const origin = this.#ifnameOrigins.get(node)?.get(ifname);
    if (origin !== undefined) return origin;
    const start = this.#originOf(node);
    return start !== null && interfaceOf(this.draft.base, start, ifname) !== null ? ifname : null;
  }
}
