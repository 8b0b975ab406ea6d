import { EventMonitor, Inotify, NetlinkError, NftablesMonitor, type Poller } from '@vethlab/netlink';
import { type ObservedDelta, ROOT_NAMESPACE } from '@vethlab/observed';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { namespaceDirectory } from '../sandbox/prepare.js';
import { Slices } from '../timing/slices.js';
import { loopbackIfindex } from './beyond/name-in.js';
import type { InterfaceChanges } from './interface-sysctls.js';
import { noteEvent } from './note-event.js';
import { ReadList } from './read-list.js';
import { SysctlWrites } from './sysctl-writes.js';

/** After the first sign of change, wait this long for its companions (a link going up is five events). */
const settleMs = 20;

/** A file without a namespace may also be somebody's for good: after two seconds it is. */
const mostLooksAtNames = 100;

/** With the MTU that it comes with (drivers/net/loopback.c). */
const loopback = { ifindex: loopbackIfindex, mtu: 65_536 };

/** Where to look again. */
export interface Signs {
  /** What changed, and where. */
  readonly list: ReadList;
  /** Names that appeared in or vanished from `/run/netns`; `all` when the kernel did not say which. */
  readonly names: ReadonlySet<string> | 'all';
  /** What happened is not known: anything may have changed. */
  readonly everything: boolean;
  /** Also by others: it was not our own work of a moment ago that nobody listened to. */
  readonly others: boolean;
}

export interface WatchOptions {
  readonly namespaces: LabNamespaces;
  readonly poller: Poller;
  readonly onSigns: (signs: Signs) => void;
  /** Whether something is known there that no document can say. */
  readonly hasBeyond: (namespace: string) => boolean;
  /** Whether the document has the interface, or the node when there is no name. */
  readonly isInDocument: (namespace: string, ifname: string | null) => boolean;
  readonly complain: (what: string) => void;
}

/** Says "look again", and where. Never says what changed. */
export class KernelWatch {
  readonly #namespaces: LabNamespaces;
  readonly #poller: Poller;
  #monitor: EventMonitor | null;
  #rules: NftablesMonitor | null;
  readonly #inotify: Inotify;
  readonly #onSigns: (signs: Signs) => void;
  readonly #hasBeyond: (namespace: string) => boolean;
  readonly #sysctls: SysctlWrites;
  #dirty = new ReadList();
  #names: Set<string> | 'all' = new Set();
  #patience = mostLooksAtNames;
  #lost = false;
  #lostOthers = false;
  #paused = false;
  #timer: NodeJS.Timeout | null = null;

  constructor({ namespaces, poller, onSigns, hasBeyond, isInDocument, complain }: WatchOptions) {
    this.#onSigns = onSigns;
    this.#hasBeyond = hasBeyond;
    this.#namespaces = namespaces;
    this.#poller = poller;
    this.#monitor = this.#openMonitor();
    this.#rules = this.#openRules();
    this.#inotify = new Inotify(poller, () => {
      this.#noteNames('all');
      for (const name of [...namespaces.names(), ...(namespaces.rootPlace === null ? [] : [ROOT_NAMESPACE])])
        this.#dirty.beyond(name, ['sysctls']);
      this.#schedule();
    });
    this.#sysctls = new SysctlWrites({
      inotify: this.#inotify,
      isInDocument,
      onWrite: (name) => {
        this.#dirty.beyond(name, ['sysctls']);
        this.#schedule();
      },
      complain,
    });
    // Names come and go as files; the kernel has no netlink event for them.
    this.#inotify.add(namespaceDirectory, 'names', (name) => {
      this.#patience = mostLooksAtNames;
      this.#noteNames([name]);
      this.#schedule();
    });
    // After that: without these a lab works.
    namespaces.followedBy(this.#sysctls);
    const { rootPlace } = namespaces;
    if (rootPlace === null) return;
    this.#sysctls.entered(rootPlace, 'found');
    // It is nobody's work, so no look tells of it.
    this.#sysctls.note([[rootPlace, { interfaces: { lo: loopback } }]]);
  }

  /**
   * Stops hearing events: making each of them costs the kernel as much as a small change does, and after a large apply all is read
   * anyway. Names are still watched.
   */
  stopListening(): void {
    this.#monitor?.close();
    this.#monitor = null;
    this.#rules?.close();
    this.#rules = null;
  }

  /** Hears events again. What happened meanwhile is unknown, so the next `take` says that everything may have changed. */
  listen(): void {
    if (this.#monitor !== null) return;
    this.#monitor = this.#openMonitor();
    this.#rules = this.#openRules();
    this.#lost = true;
  }

  #openMonitor(): EventMonitor {
    return EventMonitor.open({
      poller: this.#poller,
      onEvent: (event) => {
        const { nsid } = event;
        // Events of the root namespace itself carry no number.
        const namespace = nsid === null ? this.#namespaces.rootPlace : this.#namespaces.ofNsid(nsid);
        if (namespace === undefined || namespace === null) return;
        const { name } = namespace;
        if (!noteEvent(this.#dirty, name, event, () => this.#hasBeyond(name))) return;
        this.#schedule();
      },
      // ENOBUFS: the kernel dropped events.
      onLost: () => {
        this.#lost = true;
        this.#lostOthers = true;
        this.#schedule();
      },
    });
  }

  /** Null: the kernel has no rules to change. */
  #openRules(): NftablesMonitor | null {
    try {
      return NftablesMonitor.open({
        poller: this.#poller,
        onChange: (nsid) => {
          // Events of the root namespace itself carry no number.
          const namespace = nsid === null ? this.#namespaces.rootPlace : this.#namespaces.ofNsid(nsid);
          if (namespace === undefined || namespace === null) return;
          if (nsid === null) this.#dirty.beyond(namespace.name, ['tables']);
          else this.#dirty.settings(namespace.name);
          this.#schedule();
        },
        onLost: () => {
          this.#lost = true;
          this.#schedule();
        },
      });
    } catch (error) {
      if (error instanceof NetlinkError) return null;
      throw error;
    }
  }

  /** While Vethlab itself changes the kernel it knows what to read afterwards; its own echo would only be read twice. */
  pause(): void {
    this.#paused = true;
    this.#sysctls.pause();
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  resume(): void {
    this.#paused = false;
    this.#sysctls.resume();
    this.#schedule();
  }

  /** Whether somebody who writes a sysctl in there is heard. */
  hearsSysctlsOf(name: string): boolean {
    const namespace = this.#namespaces.place(name);
    return namespace !== undefined && this.#sysctls.hears(namespace);
  }

  /** What a look found different. */
  note({ namespaces, root }: ObservedDelta): void {
    const { rootPlace } = this.#namespaces;
    const changes: [LabNamespace, InterfaceChanges][] = [];
    if (root !== undefined && rootPlace !== null) changes.push([rootPlace, { interfaces: root }]);
    for (const [name, change] of Object.entries(namespaces)) {
      const namespace = this.#namespaces.get(name);
      if (namespace === undefined || change?.interfaces === undefined) continue;
      changes.push([namespace, { interfaces: change.interfaces, isWhole: change.inode !== undefined }]);
    }
    if (changes.length > 0) this.#sysctls.note(changes);
  }

  /** A program of a person is about to run in it. */
  heed(name: string): void {
    const namespace = this.#namespaces.get(name);
    if (namespace !== undefined) this.#sysctls.heed(namespace);
  }

  /**
   * Looks at the names again in a moment. Mounting a namespace on a name that is there already makes no event, so a name that
   * is seen without one is waited for.
   */
  lookAtNamesAgain(names: ReadonlySet<string>): void {
    if (this.#patience === 0) return;
    this.#patience -= 1;
    setTimeout(() => {
      this.#noteNames(names);
      this.#schedule();
    }, settleMs).unref();
  }

  /** Empties the socket and hands over what it told: a read after this call is newer than all of it. */
  async take(): Promise<Signs> {
    const slices = new Slices();
    while (this.#monitor?.drain()) await slices.turn();
    while (this.#rules?.drain()) await slices.turn();
    while (this.#inotify.drain()) await slices.turn();
    const signs = { list: this.#dirty, names: this.#names, everything: this.#lost, others: this.#lostOthers };
    this.#dirty = new ReadList();
    this.#names = new Set();
    this.#lost = false;
    this.#lostOthers = false;
    return signs;
  }

  close(): void {
    this.pause();
    this.#sysctls.close();
    this.#inotify.close();
    this.stopListening();
  }

  get #hasNames(): boolean {
    return this.#names === 'all' || this.#names.size > 0;
  }

  #noteNames(names: Iterable<string> | 'all'): void {
    if (names === 'all') this.#names = 'all';
    else if (this.#names !== 'all') for (const name of names) this.#names.add(name);
  }

  #schedule(): void {
    if (this.#paused || this.#timer !== null || (this.#dirty.size === 0 && !this.#hasNames && !this.#lost)) return;
    this.#timer = setTimeout(() => {
      this.#timer = null;
      void this.take().then((signs) => this.#onSigns(signs));
    }, settleMs);
  }
}
