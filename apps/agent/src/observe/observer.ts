import {
  applyObservedDelta,
  diffObserved,
  emptyObserved,
  isEmptyDelta,
  mergeDeltas,
  namespaceOf,
  type Observed,
  type ObservedDelta,
  type ObservedInterface,
  type ObservedNamespace,
  ROOT_NAMESPACE,
} from '@vethlab/observed';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { Slices } from '../timing/slices.js';
import {
  type InterfaceLook,
  indexesOf,
  lookAtForwarding,
  lookAtInterface,
  lookAtInterfaces,
  lookAtRoutes,
  type VethEnd,
} from './look.js';
import { Looks } from './looks.js';
import { MacOrigins } from './mac-origins.js';
import { observedOf } from './observed-of.js';
import { PeerIndex } from './peer-index.js';
import { type Extent, ReadList } from './read-list.js';

/**
 * How long changes are collected before they are sent: below what a person notices, long enough to put a burst of events
 * into one message.
 */
const sendAfterMs = 15;

/** Up to this many interfaces are read in one go (about 2 ms); more of them one by one, with turns of the event loop between. */
const mostAtOnce = 64;

/** Looks are compared with what was known before this many of them are collected: about 2 ms of work. */
const mostTaken = 32;

/** Of the root namespace only the interfaces count. */
const unread = { ipv4: false, ipv6: false };
/** One object, so that what is remembered by identity stays. */
const nothing: ObservedNamespace['interfaces'] = {};
const nobody: ReadonlySet<string> = new Set();

/** What the kernel says, kept by fresh reads. Nothing is ever concluded from an event: an event only names what to read again. */
export class Observer {
  #observed: Observed = emptyObserved;
  readonly #namespaces: LabNamespaces;
  readonly #peers: PeerIndex;
  readonly #macs = new MacOrigins();
  readonly #onDelta: (delta: ObservedDelta) => void;
  readonly #names = new WeakMap<ObservedNamespace['interfaces'], ReadonlyMap<number, string>>();
  #unsent: ObservedDelta | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(namespaces: LabNamespaces, onDelta: (delta: ObservedDelta) => void) {
    this.#namespaces = namespaces;
    this.#onDelta = onDelta;
    this.#peers = new PeerIndex((inside, of) => {
      const target = namespaces.place(of);
      return target === undefined ? null : (namespaces.place(inside)?.socket.nsidOf(target.handle.fd) ?? null);
    });
  }

  get observed(): Observed {
    return this.#observed;
  }

  /** Name of an interface by its index, from the last look; null when that did not see it. */
  ifnameOf(namespace: string, ifindex: number): string | null {
    const interfaces = this.#known(namespace)?.interfaces;
    if (interfaces === undefined) return null;
    let names = this.#names.get(interfaces);
    if (names === undefined) {
      names = new Map(Object.values(interfaces).map((one) => [one.ifindex, one.ifname]));
      this.#names.set(interfaces, names);
    }
    return names.get(ifindex) ?? null;
  }

  /** Index of an interface, from the last look. */
  ifindexOf(namespace: string, ifname: string): number | undefined {
    const interfaces = this.#known(namespace)?.interfaces;
    return interfaces !== undefined && Object.hasOwn(interfaces, ifname) ? interfaces[ifname]?.ifindex : undefined;
  }

  /** The other end of a veth pair as `namespace:ifname`, from the last look; null when there is none or it is not known. */
  peerOf(namespace: string, ifname: string): string | null {
    const interfaces = this.#known(namespace)?.interfaces ?? {};
    const peer = Object.hasOwn(interfaces, ifname) ? interfaces[ifname]?.peer : null;
    return peer == null ? null : `${peer.namespace}:${peer.ifname}`;
  }

  /** The other ends of the veth pairs of a namespace, as last seen. */
  peersOf(namespace: string): { readonly namespace: string; readonly ifindex: number }[] {
    return Object.values(this.#known(namespace)?.interfaces ?? {}).flatMap(({ peer }) => {
      if (peer === null || peer.namespace === namespace) return [];
      const interfaces = this.#known(peer.namespace)?.interfaces ?? {};
      const other = Object.hasOwn(interfaces, peer.ifname) ? interfaces[peer.ifname] : undefined;
      return other === undefined ? [] : [{ namespace: peer.namespace, ifindex: other.ifindex }];
    });
  }

  /** Reads again what the list names; namespaces that are no longer there are forgotten. Yields to the event loop as it goes. */
  async refresh(list: ReadList): Promise<void> {
    const stale = new ReadList();
    await this.#refresh(list, stale);
    if (stale.size > 0) await this.#refresh(stale, new ReadList());
  }

  async #refresh(list: ReadList, stale: ReadList): Promise<void> {
    const slices = new Slices();
    let looks = new Looks(stale);
    for (const [name, extent] of list) {
      await this.#look(name, extent, looks, slices);
      if (looks.namespaces.size < mostTaken && !slices.over) continue;
      this.#take(looks);
      looks = new Looks(stale);
      await slices.turn();
    }
    this.#take(looks);
  }

  /** Hands over what has not been sent yet, at once: the answer to an edit must not overtake what it did. */
  flush(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const delta = this.#unsent;
    this.#unsent = null;
    if (delta !== null && !isEmptyDelta(delta)) this.#onDelta(delta);
  }

  /** Hands over all there is, to somebody who knows nothing yet. */
  tellEverything(): void {
    this.#unsent = null;
    this.flush();
    const delta = diffObserved(emptyObserved, this.#observed);
    if (!isEmptyDelta(delta)) this.#onDelta(delta);
  }

  async #look(name: string, extent: Extent, looks: Looks, slices: Slices): Promise<void> {
    const namespace = this.#namespaces.place(name);
    if (namespace === undefined) {
      looks.namespaces.set(name, null);
      for (const ifname of this.#peers.namesIn(name)) this.#setPeer(looks, name, ifname, null);
      return;
    }
    const known = this.#known(name);
    const same = known?.inode === namespace.inode ? known : undefined;
    const found = await this.#lookAtSome(namespace, same === undefined ? 'all' : extent, slices);
    const complete = same === undefined || extent === 'all';
    const interfaces = complete ? new Map<string, ObservedInterface>() : new Map(Object.entries(same.interfaces));
    for (const ifindex of found.keys()) {
      const before = this.ifnameOf(name, ifindex);
      if (!complete && before !== null) interfaces.delete(before);
    }
    const byHand = this.#namespaces.rootPlace === null ? nobody : this.#macs.byHand(namespace, found.values());
    const gone = new Set(
      complete ? this.#peers.namesIn(name) : [...found.keys()].map((ifindex) => this.ifnameOf(name, ifindex)),
    );
    for (const look of found.values()) {
      if (look === null) continue;
      const { ifname } = look.observed;
      gone.delete(ifname);
      interfaces.set(ifname, byHand.has(ifname) ? { ...look.observed, macByHand: true } : look.observed);
      this.#setPeer(looks, name, ifname, look.veth);
    }
    for (const ifname of gone) if (ifname !== null) this.#setPeer(looks, name, ifname, null);
    // The loopback of the root namespace is nobody's work.
    if (name === ROOT_NAMESPACE) interfaces.delete('lo');
    await slices.turn();
    const names = new Map([...interfaces.values()].map((one) => [one.ifindex, one.ifname]));
    looks.namespaces.set(name, {
      name,
      inode: namespace.inode,
      forwarding: lookAtForwarding(namespace),
      interfaces: Object.fromEntries(interfaces),
      routes: lookAtRoutes(namespace, (ifindex) => names.get(ifindex) ?? null),
    });
  }

  async #lookAtSome(
    namespace: LabNamespace,
    extent: Extent,
    slices: Slices,
  ): Promise<ReadonlyMap<number, InterfaceLook | null>> {
    const indexes = extent === 'all' ? indexesOf(namespace) : [...extent];
    if (extent === 'all' && indexes.length <= mostAtOnce)
      return new Map(lookAtInterfaces(namespace).map((look) => [look.observed.ifindex, look]));
    const found = new Map<number, InterfaceLook | null>();
    const nameOf = (ifindex: number) =>
      this.ifnameOf(namespace.name, ifindex) ?? namespace.socket.links({ ifindex })[0]?.ifname ?? null;
    for (const ifindex of indexes) {
      found.set(ifindex, lookAtInterface(namespace, ifindex, nameOf));
      await slices.turn();
    }
    return found;
  }

  #setPeer(looks: Looks, namespace: string, ifname: string, end: VethEnd | null): void {
    for (const other of this.#peers.staleAfter(namespace, ifname, end)) looks.stale.one(other.namespace, other.ifindex);
    for (const partner of this.#peers.set(namespace, ifname, end)) {
      const ifnames = looks.partners.get(partner.namespace);
      if (ifnames === undefined) looks.partners.set(partner.namespace, new Set([partner.ifname]));
      else ifnames.add(partner.ifname);
    }
  }

  #known(name: string): ObservedNamespace | undefined {
    const { rootPlace } = this.#namespaces;
    if (name !== ROOT_NAMESPACE || rootPlace === null) return namespaceOf(this.#observed, name) ?? undefined;
    const { inode } = rootPlace;
    return { name, inode, forwarding: unread, interfaces: this.#observed.root ?? nothing, routes: [] };
  }

  /** The same namespace with the peers of today at these interfaces; the same object when none changed. */
  #withPeers(namespace: ObservedNamespace, ifnames: Iterable<string>): ObservedNamespace {
    const changed: [string, ObservedInterface][] = [];
    for (const ifname of ifnames) {
      const known = Object.hasOwn(namespace.interfaces, ifname) ? namespace.interfaces[ifname] : undefined;
      if (known?.type !== 'veth') continue;
      const peer = this.#peers.peerOf(namespace.name, ifname);
      if (peer?.namespace !== known.peer?.namespace || peer?.ifname !== known.peer?.ifname)
        changed.push([ifname, { ...known, peer }]);
    }
    if (changed.length === 0) return namespace;
    return { ...namespace, interfaces: { ...namespace.interfaces, ...Object.fromEntries(changed) } };
  }

  #take({ namespaces, partners }: Looks): void {
    const before: [string, ObservedNamespace][] = [];
    const after: [string, ObservedNamespace][] = [];
    for (const [name, namespace] of namespaces) {
      const known = this.#known(name);
      if (known !== undefined) before.push([name, known]);
      if (namespace !== null) after.push([name, this.#withPeers(namespace, Object.keys(namespace.interfaces))]);
    }
    for (const [name, ifnames] of partners) {
      const known = this.#known(name);
      if (known === undefined || namespaces.has(name)) continue;
      before.push([name, known]);
      after.push([name, this.#withPeers(known, ifnames)]);
    }
    const delta = diffObserved(observedOf(before), observedOf(after));
    if (isEmptyDelta(delta)) return;
    this.#observed = applyObservedDelta(this.#observed, delta);
    this.#unsent = this.#unsent === null ? delta : mergeDeltas(this.#unsent, delta);
    this.#timer ??= setTimeout(() => this.flush(), sendAfterMs);
  }
}
