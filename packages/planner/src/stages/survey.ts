import { interfaceOf, type ObservedInterface, type ObservedNamespace } from '@vethlab/observed';
import {
  interfaceOf as documentInterfaceOf,
  type Link,
  nodeOf,
  nodeOrderOf,
  switchLoopsOf,
  type Topology,
} from '@vethlab/topology';
import type { DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import { partsOf } from '../desired/endpoint.js';
import { wantedIn } from '../desired/wanted-in.js';
import { isKernelsOwnDevice, isNodeName } from '../names.js';
import { isPair } from '../pair.js';
import type { Planning } from '../planning.js';
import { type Extent, View } from '../scope.js';

/** What has to go, what gets another name, what is missing: settled before the first step is written. */
export interface Survey {
  /** Nodes to configure, in the order of the document. */
  readonly names: readonly string[];
  /** What of each is to be configured. */
  readonly extentOf: (name: string) => Extent;
  /** Namespaces that go, by name in the kernel. */
  readonly goingNamespaces: ReadonlyMap<string, 'ours' | 'unexpected'>;
  /** Interfaces that go, by name in the kernel. */
  readonly goingInterfaces: readonly GoingInterface[];
  /** By node of the new document: name of now → name before. */
  readonly renamedInterfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Links without their veth pair, in the order of the document. */
  readonly missingLinks: readonly Link[];
}

export interface GoingInterface {
  readonly namespace: string;
  readonly found: ObservedInterface;
  readonly why: WhyGoing;
}

export type WhyGoing =
  | { readonly because: 'removed' }
  | { readonly because: 'unexpected' }
  | { readonly because: 'unwired' }
  | { readonly because: 'type'; readonly wanted: 'veth' | 'bridge' }
  | { readonly because: 'peer'; readonly wanted: string };

/**
 * Looks at what is in scope, and follows veth pairs that are made or removed to their other ends.
 * Yields after each node, so that a large lab can be surveyed in slices.
 */
export function* survey(planning: Planning): Generator<undefined, Survey> {
  const surveyor = new Surveyor(planning);
  for (const { name, part } of surveyor.view) {
    surveyor.visit(name, part);
    yield;
  }
  return surveyor.result();
}

class Surveyor {
  readonly view = new View();
  private readonly goingNamespaces = new Map<string, 'ours' | 'unexpected'>();
  private readonly goingInterfaces = new Map<string, GoingInterface>();
  private readonly renamedInterfaces = new Map<string, ReadonlyMap<string, string>>();
  private readonly missingLinks = new Set<Link>();

  private readonly hasRenames: boolean;

  constructor(private readonly planning: Planning) {
    this.hasRenames = (planning.input.renames ?? []).length > 0;
    const { topology, previous, observed, unmanaged, scope, renames } = planning.input;
    if (scope === undefined) {
      this.lookAtAll(Object.keys(topology.nodes));
      if (previous !== null) this.lookAtAll(Object.keys(previous.nodes));
      if (unmanaged === 'remove') this.lookAtAll(Object.keys(observed.namespaces));
      return;
    }
    for (const [name, extent] of scope) this.view.add(name, extent);
    // A link far from the edit may close a loop now, or close none any more.
    this.lookAtAll(changedLoops(topology, previous));
    this.lookAtAll(planning.origins.renamedNodes.keys());
    for (const rename of renames ?? []) {
      if (rename.object === 'interface') this.view.add(planning.nameAfter(rename.node), 'all');
    }
  }

  visit(name: string, part: Extent): void {
    const desired = this.planning.desired(name);
    if (desired === null) this.visitUnwanted(name);
    else this.visitWanted(name, desired, part);
  }

  result(): Survey {
    const order = nodeOrderOf(this.planning.input.topology);
    const names = [...this.view.names()].filter((name) => order.has(name));
    names.sort((a, b) => (order.get(a) ?? 0) - (order.get(b) ?? 0));
    return {
      names,
      extentOf: (name) => this.view.extentOf(name),
      goingNamespaces: this.goingNamespaces,
      goingInterfaces: [...this.goingInterfaces.values()],
      renamedInterfaces: this.renamedInterfaces,
      missingLinks: inFileOrder(this.missingLinks, this.planning.input.topology),
    };
  }

  private lookAtAll(names: Iterable<string>): void {
    for (const name of names) this.view.add(name, 'all');
  }

  /** Interfaces that change their names are found by looking at all of them. */
  private lookAtEnd({ namespace, ifname }: { readonly namespace: string; readonly ifname: string }): void {
    this.view.add(namespace, this.hasRenames ? 'all' : new Set([ifname]));
  }

  private visitUnwanted(name: string): void {
    const observed = this.planning.observedNamespace(name);
    if (observed === null || this.planning.nameAfter(name) !== name || !isNodeName(name)) return;
    if (this.planning.ours(name) !== null) this.goingNamespaces.set(name, 'ours');
    else if (this.planning.input.unmanaged === 'remove') this.goingNamespaces.set(name, 'unexpected');
    else return;
    for (const found of Object.values(observed.interfaces)) this.follow(found);
  }

  private visitWanted(name: string, desired: DesiredNamespace, part: Extent): void {
    const before = this.planning.origins.node(name);
    const observed = before === null ? null : this.planning.observedNamespace(before);
    // Without its namespace all of the node is missing.
    if (observed === null && part !== 'all') {
      this.view.add(name, 'all');
      return;
    }
    const kept = new Set<string>();
    const renamed = new Map<string, string>();
    for (const wanted of wantedIn(desired, part)) {
      const found = observed === null ? null : this.heldBy(observed, wanted);
      if (found === null) {
        this.missingLinks.add(wanted.link);
        this.lookAtEnd(wanted.peer);
        continue;
      }
      kept.add(found.ifname);
      if (found.ifname !== wanted.ifname) renamed.set(wanted.ifname, found.ifname);
    }
    if (renamed.size > 0) this.renamedInterfaces.set(name, renamed);
    if (observed === null) return;
    for (const found of foundIn(observed, part)) {
      if (kept.has(found.ifname) || isKernelsOwnDevice(found.ifname)) continue;
      const why = this.whyGoing(observed, found, desired);
      if (why === null) continue;
      this.goingInterfaces.set(`${observed.name}:${found.ifname}`, { namespace: observed.name, found, why });
      this.follow(found);
    }
  }

  /** The interface in the kernel that is the wanted one (perhaps by its name before), or null. Both ends have to agree. */
  private heldBy(observed: ObservedNamespace, wanted: DesiredInterface): ObservedInterface | null {
    const peerBefore = this.planning.origins.node(wanted.peer.namespace);
    const peerObserved = peerBefore === null ? null : this.planning.observedNamespace(peerBefore);
    if (peerObserved === null) return null;
    if (!this.hasRenames) {
      const near = interfaceOf(observed, wanted.ifname);
      const far = near === null ? null : interfaceOf(peerObserved, wanted.peer.ifname);
      return near !== null && far !== null && isPair(observed.name, near, peerObserved.name, far) ? near : null;
    }
    for (const near of this.candidates(observed, wanted.ifname)) {
      for (const far of this.candidates(peerObserved, wanted.peer.ifname)) {
        if (near !== far && isPair(observed.name, near, peerObserved.name, far)) return near;
      }
    }
    return null;
  }

  /**
   * What has this name, then what a rename gives it: the first counts when a plan was carried out in part before. A
   * rename needs the new name to be free, or to become free by another rename.
   */
  private candidates(observed: ObservedNamespace, ifname: string): readonly ObservedInterface[] {
    const direct = interfaceOf(observed, ifname);
    const renames = this.planning.origins.renamedInterfaces(observed.name);
    const before = renames.get(ifname);
    const renamed = before === undefined ? null : interfaceOf(observed, before);
    const isFree = direct === null || [...renames.values()].includes(ifname);
    return [direct, isFree ? renamed : null].filter((one) => one !== null);
  }

  private whyGoing(observed: ObservedNamespace, found: ObservedInterface, desired: DesiredNamespace): WhyGoing | null {
    const isOurs =
      this.planning.oursInterface(observed.name, found.ifname) !== null ||
      this.planning.ours(observed.name)?.bridge === found.ifname;
    if (!isOurs && this.planning.input.unmanaged === 'keep') return null;
    if (desired.bridge === found.ifname) {
      return found.type === 'bridge' ? null : { because: 'type', wanted: 'bridge' };
    }
    const wanted = desired.interfaces.get(found.ifname);
    if (wanted === undefined) {
      const inDocument = documentInterfaceOf(this.planning.input.topology, desired.name, found.ifname) !== null;
      if (!isOurs) return { because: 'unexpected' };
      return { because: inDocument ? 'unwired' : 'removed' };
    }
    if (found.type !== 'veth') return { because: 'type', wanted: 'veth' };
    return { because: 'peer', wanted: `${wanted.peer.namespace}:${wanted.peer.ifname}` };
  }

  /** The other end of something that goes is looked at as well. */
  private follow(found: ObservedInterface): void {
    if (found.peer === null) return;
    const name = this.planning.nameAfter(found.peer.namespace);
    if (nodeOf(this.planning.input.topology, name) === null) return;
    this.lookAtEnd({ namespace: name, ifname: found.peer.ifname });
  }
}

/** Ends of the links that close a loop of switches in only one of the two documents. */
function changedLoops(topology: Topology, previous: Topology | null): string[] {
  const now = switchLoopsOf(topology).map(({ link }) => link);
  const before = previous === null ? [] : switchLoopsOf(previous).map(({ link }) => link);
  if (now.length === 0 && before.length === 0) return [];
  const changed = [...now.filter((link) => !before.includes(link)), ...before.filter((link) => !now.includes(link))];
  return changed.flatMap(({ endpoints }) => endpoints.map((endpoint) => partsOf(endpoint).namespace));
}

function* foundIn(observed: ObservedNamespace, part: Extent): Generator<ObservedInterface> {
  if (part === 'all') yield* Object.values(observed.interfaces);
  else for (const ifname of part) yield* [interfaceOf(observed, ifname)].filter((one) => one !== null);
}

function inFileOrder(links: ReadonlySet<Link>, { links: all }: Topology): readonly Link[] {
  if (links.size < 2) return [...links];
  const places = new Map(all.map((link, index) => [link, index]));
  return [...links].sort((a, b) => (places.get(a) ?? 0) - (places.get(b) ?? 0));
}
