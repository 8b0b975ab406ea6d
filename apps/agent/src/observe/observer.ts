import {
  applyObservedDelta,
  diffObserved,
  emptyObserved,
  interfaceOf,
  isEmptyDelta,
  isEmptyNamespaceDelta,
  mergeDeltas,
  type NamespaceDelta,
  namespaceOf,
  type Observed,
  type ObservedDelta,
  type ObservedInterface,
  type ObservedNamespace,
  ROOT_NAMESPACE,
  sameInterface,
} from '@vethlab/observed';
import { UPLINK } from '@vethlab/topology';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import type { OutsideView } from '../outside/outside-view.js';
import { Slices } from '../timing/slices.js';
import { Beside } from './beside.js';
import { lookBeyond } from './beyond/look-beyond.js';
import { InterfaceNames } from './interface-names.js';
import {
  type InterfaceLook,
  indexesOf,
  lookAtForwarding,
  lookAtInterface,
  lookAtInterfaces,
  lookAtRoutes,
  type VethEnd,
  vrfTablesOf,
} from './look.js';
import { Looks, type NamespaceLook } from './looks.js';
import { MacOrigins } from './mac-origins.js';
import { PeerIndex } from './peer-index.js';
import { type Extent, type Part, ReadList } from './read-list.js';
import { routesAgain } from './routes-again.js';
import { settingsChange } from './settings-change.js';

/**
 * How long changes are collected before they are sent: below what a person notices, long enough to put a burst of events
 * into one message.
 */
const sendAfterMs = 15;

/** Up to this many interfaces are read in one go (about 2 ms); more of them one by one, with turns of the event loop between. */
const mostAtOnce = 64;

/** Looks are compared with what was known before this many of them are collected: about 2 ms of work. */
const mostTaken = 32;

/** Of the root namespace it is a sysctl like others. */
const unread = { ipv4: false, ipv6: false };
/** One object, so that what is remembered by identity stays. */
const nothing: ObservedNamespace['interfaces'] = {};
const noRoutes: ObservedNamespace['routes'] = [];
const noTables: NonNullable<ObservedNamespace['tables']> = [];
const noBeyond: NonNullable<ObservedNamespace['beyond']> = [];
const nobody: ReadonlySet<string> = new Set();

/** What the kernel says, kept by fresh reads. Nothing is ever concluded from an event: an event only names what to read again. */
export class Observer {
  #observed: Observed = emptyObserved;
  readonly #namespaces: LabNamespaces;
  readonly #outside: OutsideView;
  readonly #peers: PeerIndex;
  readonly #macs = new MacOrigins();
  readonly #onDelta: (delta: ObservedDelta) => void;
  readonly #names = new InterfaceNames();
  /** Namespaces in which interfaces stand on others or belong to VRFs and bonds. */
  readonly #deviceHomes = new Set<string>();
  #unsent: ObservedDelta | null = null;
  #timer: NodeJS.Timeout | null = null;

  constructor(namespaces: LabNamespaces, outside: OutsideView, onDelta: (delta: ObservedDelta) => void) {
    this.#namespaces = namespaces;
    this.#outside = outside;
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
    return this.#names.nameOf(namespace, ifindex);
  }

  /** Index of an interface, from the last look. */
  ifindexOf(namespace: string, ifname: string): number | undefined {
    return this.#interface(namespace, ifname)?.ifindex;
  }

  /** The other end of a veth pair as `namespace:ifname`, from the last look; null when there is none or it is not known. */
  peerOf(namespace: string, ifname: string): string | null {
    const peer = this.#interface(namespace, ifname)?.peer ?? null;
    return peer === null ? null : `${peer.namespace}:${peer.ifname}`;
  }

  /** The other ends of the veth pairs of a namespace, as last seen. */
  peersOf(namespace: string): { readonly namespace: string; readonly ifindex: number }[] {
    return Object.values(this.#known(namespace)?.interfaces ?? {}).flatMap(({ peer }) => {
      if (peer === null || peer.namespace === namespace) return [];
      const ifindex = this.ifindexOf(peer.namespace, peer.ifname);
      return ifindex === undefined ? [] : [{ namespace: peer.namespace, ifindex }];
    });
  }

  /** Reads again what the list names; namespaces that are no longer there are forgotten. Yields to the event loop as it goes. */
  async refresh(list: ReadList, slices = new Slices()): Promise<void> {
    const stale = new ReadList();
    await this.#refresh(list, stale, slices);
    if (stale.size > 0) await this.#refresh(stale, new ReadList(), slices);
  }

  async #refresh(list: ReadList, stale: ReadList, slices: Slices): Promise<void> {
    let looks = new Looks(stale);
    for (const [name, extent] of list) {
      await this.#look(name, { listed: extent, list }, looks, slices);
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
    // What went a moment ago is in no whole.
    this.flush();
    const delta = diffObserved(emptyObserved, this.#observed);
    if (!isEmptyDelta(delta)) this.#onDelta(delta);
  }

  async #look(
    name: string,
    { listed, list }: { readonly listed: Extent; readonly list: ReadList },
    looks: Looks,
    slices: Slices,
  ): Promise<void> {
    const namespace = this.#namespaces.place(name);
    if (namespace === undefined) {
      looks.namespaces.set(name, null);
      for (const ifname of this.#peers.namesIn(name)) this.#setPeer(looks, name, ifname, null);
      return;
    }
    const known = this.#known(name);
    const same = known?.inode === namespace.inode ? known : undefined;
    const wayOut = this.#outside.wayOut(namespace.inode);
    // The interface of a way out is not among those that are known, so it would not be missed. Where interfaces stand on others, or belong
    // to VRFs and bonds, one changes with the other, and the kernel does not always say so.
    const extent = wayOut === undefined && !this.#deviceHomes.has(name) ? listed : 'all';
    const part = same === undefined || extent === 'all' ? null : extent;
    const found = await this.#lookAtSome(namespace, part, slices);
    const byHand = this.#namespaces.rootPlace === null ? nobody : this.#macs.byHand(namespace, found.values());
    const interfaces = new Map<string, ObservedInterface | null>();
    const gone = new Set(part === null ? this.#namesIn(name) : []);
    for (const ifindex of found.keys()) {
      const before = this.ifnameOf(name, ifindex);
      if (before !== null) gone.add(before);
    }
    for (const look of found.values()) {
      if (look === null) continue;
      const { ifname } = look.observed;
      gone.delete(ifname);
      // The loopback of the root namespace is nobody's work.
      if (name === ROOT_NAMESPACE && ifname === 'lo') continue;
      interfaces.set(ifname, byHand.has(ifname) ? { ...look.observed, macByHand: true } : look.observed);
      this.#setPeer(looks, name, ifname, look.veth);
    }
    for (const ifname of gone) {
      interfaces.set(ifname, null);
      this.#setPeer(looks, name, ifname, null);
    }
    if ([...interfaces.values()].some((one) => one?.device !== undefined)) this.#deviceHomes.add(name);
    else if (part === null) this.#deviceHomes.delete(name);
    await slices.turn();
    const works = wayOut !== undefined && interfaces.delete(UPLINK);
    const routes = this.#routes(namespace, same, extent, found, interfaces);
    looks.namespaces.set(name, {
      inode: namespace.inode,
      forwarding: name === ROOT_NAMESPACE ? unread : lookAtForwarding(namespace),
      interfaces,
      routes: works ? routes.filter(({ dev }) => dev !== UPLINK) : routes,
      wayOut: works ? wayOut : undefined,
      published: this.#outside.published(name),
      tables: name === ROOT_NAMESPACE ? noTables : namespace.tables.look(),
      beyond: this.#beyond(namespace, same?.beyond ?? noBeyond, interfaces, list),
    });
    // What is found in a router of a thousand routes is compared in a stretch of its own.
    await slices.turn();
  }

  #beyond(
    namespace: LabNamespace,
    known: NonNullable<ObservedNamespace['beyond']>,
    found: NamespaceLook['interfaces'],
    list: ReadList,
  ): NonNullable<ObservedNamespace['beyond']> {
    const { name } = namespace;
    const before = this.#known(name)?.interfaces ?? nothing;
    return lookBeyond(namespace, {
      known,
      parts: list.beyondOf(name),
      lastingMacs: list.lastingMacsOf(name),
      interfaces: () => {
        const others = Object.values(before).filter(({ ifname }) => !found.has(ifname));
        return [...others, ...found.values()].filter((one) => one !== null);
      },
    });
  }

  /** Names of what was in a namespace at the last look, and of veth ends that were seen since. */
  #namesIn(name: string): string[] {
    return [...Object.keys(this.#known(name)?.interfaces ?? {}), ...this.#peers.namesIn(name)];
  }

  #routes(
    namespace: LabNamespace,
    same: ObservedNamespace | undefined,
    extent: Extent,
    found: ReadonlyMap<number, InterfaceLook | null>,
    interfaces: NamespaceLook['interfaces'],
  ): ObservedNamespace['routes'] {
    const { name } = namespace;
    if (name === ROOT_NAMESPACE) return noRoutes;
    const nameOf = (ifindex: number) => found.get(ifindex)?.observed.ifname ?? this.ifnameOf(name, ifindex);
    let through: Map<number, string> | 'all' = new Map();
    const asked = same === undefined || extent === 'all' || extent.routes === 'all' ? null : extent.routes;
    if (asked === null) through = 'all';
    else {
      for (const ifindex of new Set([...found.keys(), ...asked])) {
        const ifname = nameOf(ifindex);
        if (ifname !== null) through.set(ifindex, ifname);
      }
    }
    const isLost = [...interfaces].some(([ifname, now]) => {
      const before = same === undefined ? null : interfaceOf(same, ifname);
      return before !== null && (now === null || !sameInterface({ ...before, peer: null }, now));
    });
    const tables = this.#deviceHomes.has(name) ? vrfTablesOf(interfaces.values()) : [];
    return routesAgain(same?.routes ?? noRoutes, { through, isLost }, (ifindex) =>
      lookAtRoutes(namespace, nameOf, tables, ifindex),
    );
  }

  /** Null: all. */
  async #lookAtSome(
    namespace: LabNamespace,
    part: Part | null,
    slices: Slices,
  ): Promise<ReadonlyMap<number, InterfaceLook | null>> {
    const ifindexes = part?.ifindexes ?? null;
    const indexes = ifindexes === null ? indexesOf(namespace) : [...ifindexes];
    if (ifindexes === null && indexes.length <= mostAtOnce)
      return new Map(lookAtInterfaces(namespace).map((look) => [look.observed.ifindex, look]));
    const found = new Map<number, InterfaceLook | null>();
    const fresh = new Map<number, string | null>(ifindexes === null ? indexes.map((ifindex) => [ifindex, null]) : []);
    const nameOf = (ifindex: number) => {
      const known = fresh.has(ifindex) ? fresh.get(ifindex) : this.ifnameOf(namespace.name, ifindex);
      if (known != null) return known;
      // What is read itself may bear another name than at the last look.
      const ifname = namespace.socket.links({ ifindex })[0]?.ifname ?? null;
      fresh.set(ifindex, ifname);
      return ifname;
    };
    const knownIngress = (ifindex: number) => {
      const ifname = this.ifnameOf(namespace.name, ifindex);
      return ifname === null ? undefined : this.#interface(namespace.name, ifname)?.ingress;
    };
    const beside = new Beside(namespace, part === null || part.qdiscs ? {} : { knownIngress });
    for (const ifindex of indexes) {
      found.set(ifindex, lookAtInterface(namespace, ifindex, nameOf, beside));
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
    const { root = nothing, rootBeyond: beyond } = this.#observed;
    const plain = { name, inode, forwarding: unread, interfaces: root, routes: noRoutes };
    return beyond === undefined ? plain : { ...plain, beyond };
  }

  #interface(namespace: string, ifname: string): ObservedInterface | null {
    const known = this.#known(namespace);
    return known === undefined ? null : interfaceOf(known, ifname);
  }

  /** The same interface with the peer of today; the same object when that has not changed. */
  #withPeer(namespace: string, known: ObservedInterface): ObservedInterface {
    if (known.type !== 'veth') return known;
    const peer = this.#peers.peerOf(namespace, known.ifname);
    const isSame = peer?.namespace === known.peer?.namespace && peer?.ifname === known.peer?.ifname;
    return isSame ? known : { ...known, peer };
  }

  #take({ namespaces, partners }: Looks): void {
    const changes: [string, NamespaceDelta | null][] = [];
    for (const name of new Set([...namespaces.keys(), ...partners.keys()])) {
      const known = this.#known(name);
      const look = namespaces.get(name);
      if (look === null) {
        if (known !== undefined) changes.push([name, null]);
        continue;
      }
      const change = this.#changeOf(name, known, look, partners.get(name) ?? nobody);
      if (!isEmptyNamespaceDelta(change)) changes.push([name, change]);
    }
    if (changes.length === 0) return;
    for (const [name, change] of changes) this.#names.note(name, this.#known(name), change);
    const delta = deltaOf(changes);
    this.#observed = applyObservedDelta(this.#observed, delta);
    this.#unsent = this.#unsent === null ? delta : mergeDeltas(this.#unsent, delta);
    this.#timer ??= setTimeout(() => this.flush(), sendAfterMs);
  }

  /** What a look (if there was one) and the veth pairs of today change in a namespace. */
  #changeOf(
    name: string,
    known: ObservedNamespace | undefined,
    look: NamespaceLook | undefined,
    partners: ReadonlySet<string>,
  ): NamespaceDelta {
    const same = look === undefined || known?.inode === look.inode ? known : undefined;
    const interfaces: [string, ObservedInterface | null][] = [];
    for (const [ifname, found] of look?.interfaces ?? []) {
      const before = same === undefined ? null : interfaceOf(same, ifname);
      const now = found === null ? null : this.#withPeer(name, found);
      if (now === null ? before !== null : before === null || !sameInterface(before, now))
        interfaces.push([ifname, now]);
    }
    for (const ifname of partners) {
      const before = same === undefined ? null : interfaceOf(same, ifname);
      if (before === null || look?.interfaces.has(ifname)) continue;
      const now = this.#withPeer(name, before);
      if (now !== before) interfaces.push([ifname, now]);
    }
    const changed = interfaces.length === 0 ? {} : { interfaces: Object.fromEntries(interfaces) };
    if (look === undefined) return changed;
    if (same === undefined)
      return { inode: look.inode, ...settingsChange(undefined, look), interfaces: Object.fromEntries(interfaces) };
    return { ...changed, ...settingsChange(same, look) };
  }
}

/** Of the root namespace only its interfaces are told, and what somebody made there besides. */
function deltaOf(changes: readonly [string, NamespaceDelta | null][]): ObservedDelta {
  const root = changes.find(([name]) => name === ROOT_NAMESPACE)?.[1];
  const namespaces = Object.fromEntries(changes.filter(([name]) => name !== ROOT_NAMESPACE));
  return {
    namespaces,
    ...(root?.interfaces === undefined ? {} : { root: root.interfaces }),
    ...(root?.beyond === undefined ? {} : { rootBeyond: root.beyond }),
  };
}
