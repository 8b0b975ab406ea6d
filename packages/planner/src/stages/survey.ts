import { interfaceOf, type ObservedInterface, type ObservedNamespace } from '@vethlab/observed';
import {
  interfaceOf as documentInterfaceOf,
  type Link,
  nodeOf,
  nodeOrderOf,
  parentOf,
  switchLoopsOf,
  type Topology,
} from '@vethlab/topology';
import type { DesiredDevice, DesiredInterface, DesiredNamespace } from '../desired/desired.js';
import { hasDevicesOrVrfs } from '../desired/desired-interfaces.js';
import { partsOf } from '../desired/endpoint.js';
import { wantedIn } from '../desired/wanted-in.js';
import { endText, isKernelsOwnDevice, isNodeName } from '../names.js';
import { isPair } from '../pair.js';
import type { Planning } from '../planning.js';
import { type Extent, View } from '../scope.js';
import { changeOf, type DeviceChange } from '../state/device-change.js';

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
  /** It waits for what it stands on. */
  | { readonly because: 'waiting' }
  | { readonly because: 'type'; readonly wanted: string }
  /** In the kernel's way it cannot become what it should be. */
  | { readonly because: 'settings'; readonly why: string }
  | { readonly because: 'peer'; readonly wanted: string };

/**
 * Looks at what is in scope, and follows veth pairs that are made or removed to their other ends.
 * Yields after each node and each interface, so that a large lab, and a node with many, can be surveyed in slices.
 */
export function* survey(planning: Planning): Generator<undefined, Survey> {
  const surveyor = new Surveyor(planning);
  for (const { name, part } of surveyor.view) {
    yield* surveyor.visit(name, part);
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

  *visit(name: string, part: Extent): Generator<undefined, void> {
    const desired = this.planning.desired(name);
    if (desired === null) this.visitUnwanted(name);
    else yield* this.visitWanted(name, desired, part);
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

  private *visitWanted(name: string, desired: DesiredNamespace, part: Extent): Generator<undefined, void> {
    const before = this.planning.origins.node(name);
    const observed = before === null ? null : this.planning.observedNamespace(before);
    // Without its namespace all of the node is missing. Where interfaces stand on others, what becomes of one becomes of the other.
    if (part !== 'all' && (observed === null || this.hasDevices(name, before))) {
      this.view.add(name, 'all');
      return;
    }
    const kept = new Set<string>();
    const renamed = new Map<string, string>();
    /** Name that is wanted → name in the kernel now, of what is there and stays. */
    const held = new Map<string, string>();
    for (const wanted of wantedIn(desired, part)) {
      yield;
      const found = observed === null ? null : this.heldBy(observed, wanted, held);
      if (found === null) {
        if (wanted.link !== null) this.missingLinks.add(wanted.link);
        if (wanted.peer !== null) this.lookAtEnd(wanted.peer);
        continue;
      }
      held.set(wanted.ifname, found.ifname);
      kept.add(found.ifname);
      if (found.ifname !== wanted.ifname) renamed.set(wanted.ifname, found.ifname);
    }
    if (renamed.size > 0) this.renamedInterfaces.set(name, renamed);
    if (observed === null) return;
    for (const found of foundIn(observed, part)) {
      yield;
      if (kept.has(found.ifname) || isKernelsOwnDevice(found.ifname)) continue;
      const why = this.whyGoing(observed, found, desired, held);
      if (why === null) continue;
      this.goingInterfaces.set(`${observed.name}:${found.ifname}`, { namespace: observed.name, found, why });
      this.follow(found);
    }
  }

  private hasDevices(name: string, before: string | null): boolean {
    const { topology, previous } = this.planning.input;
    const now = nodeOf(topology, name);
    const then = previous === null ? null : nodeOf(previous, before ?? name);
    return (now !== null && hasDevicesOrVrfs(now)) || (then !== null && hasDevicesOrVrfs(then));
  }

  /** The interface in the kernel that is the wanted one (perhaps by its name before), or null. Both ends have to agree. */
  private heldBy(
    observed: ObservedNamespace,
    wanted: DesiredInterface,
    held: ReadonlyMap<string, string>,
  ): ObservedInterface | null {
    const { peer } = wanted;
    if (wanted.device !== null) return this.heldDevice(observed, wanted.ifname, wanted.device, held);
    if (peer === null) return null;
    const peerBefore = this.planning.origins.node(peer.namespace);
    const peerObserved = peerBefore === null ? null : this.planning.observedNamespace(peerBefore);
    if (peerObserved === null) return null;
    if (!this.hasRenames) {
      const near = interfaceOf(observed, wanted.ifname);
      const far = near === null ? null : interfaceOf(peerObserved, peer.ifname);
      return near !== null && far !== null && isPair(observed.name, near, peerObserved.name, far) ? near : null;
    }
    for (const near of this.candidates(observed, wanted.ifname)) {
      for (const far of this.candidates(peerObserved, peer.ifname)) {
        if (near !== far && isPair(observed.name, near, peerObserved.name, far)) return near;
      }
    }
    return null;
  }

  /** A device stays when what it stands on does, and when the kernel can make it what it should be. */
  private heldDevice(
    observed: ObservedNamespace,
    ifname: string,
    device: DesiredDevice,
    held: ReadonlyMap<string, string>,
  ): ObservedInterface | null {
    const parent = parentNow(device, held);
    if (parent === undefined) return null;
    const fits = (found: ObservedInterface) =>
      found.type === device.kind && deviceChange(found, device, parent).how !== 'anew';
    return this.candidates(observed, ifname).find(fits) ?? null;
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

  private whyGoing(
    observed: ObservedNamespace,
    found: ObservedInterface,
    desired: DesiredNamespace,
    held: ReadonlyMap<string, string>,
  ): WhyGoing | null {
    const isOurs =
      this.planning.oursInterface(observed.name, found.ifname) !== null ||
      this.planning.ours(observed.name)?.bridge === found.ifname;
    if (!isOurs && this.planning.input.unmanaged === 'keep') return null;
    if (desired.bridge === found.ifname) {
      return found.type === 'bridge' ? null : { because: 'type', wanted: 'bridge' };
    }
    const wanted = desired.interfaces.get(found.ifname);
    if (wanted === undefined) {
      const inDocument = documentInterfaceOf(this.planning.input.topology, desired.name, found.ifname);
      if (!isOurs) return { because: 'unexpected' };
      if (inDocument === null) return { because: 'removed' };
      return { because: inDocument.device === undefined ? 'unwired' : 'waiting' };
    }
    if (wanted.device !== null) return whyAnew(found, wanted.device, held);
    if (found.type !== 'veth') return { because: 'type', wanted: 'veth' };
    return { because: 'peer', wanted: wanted.peer === null ? '' : endText(wanted.peer) };
  }

  /** The other end of something that goes is looked at as well. */
  private follow(found: ObservedInterface): void {
    if (found.peer === null) return;
    const name = this.planning.nameAfter(found.peer.namespace);
    if (nodeOf(this.planning.input.topology, name) === null) return;
    this.lookAtEnd({ namespace: name, ifname: found.peer.ifname });
  }
}

/** The parent by its name in the kernel now; null: none is wanted; undefined: it is not there, or it does not stay. */
function parentNow(device: DesiredDevice, held: ReadonlyMap<string, string>): string | null | undefined {
  const parent = device.kind === 'vrf' ? null : parentOf(device);
  return parent === null ? null : held.get(parent);
}

function deviceChange(found: ObservedInterface, device: DesiredDevice, parent: string | null): DeviceChange {
  if (found.device !== undefined) return changeOf(found.device, device, parent);
  return device.kind === 'dummy' ? { how: 'none' } : { how: 'anew', why: 'is not known well enough' };
}

function whyAnew(found: ObservedInterface, device: DesiredDevice, held: ReadonlyMap<string, string>): WhyGoing {
  if (found.type !== device.kind) return { because: 'type', wanted: device.kind };
  const parent = parentNow(device, held);
  if (parent === undefined) {
    const below = device.kind === 'vrf' ? null : parentOf(device);
    return { because: 'settings', why: `stands on ${below ?? 'something'}, which is made again` };
  }
  const change = deviceChange(found, device, parent);
  const why = change.how === 'none' ? 'bears a name that another interface gets' : change.why;
  return { because: 'settings', why: change.how === 'anew' ? `${why}; the kernel cannot change that in place` : why };
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
