import { type Inotify, inNamespace, NetlinkError, type WatchedSysctls, watchSysctls } from '@vethlab/netlink';
import { type ObservedInterface, ROOT_NAMESPACE } from '@vethlab/observed';
import { mostInterfaces } from '../inspect/sections/sysctls.js';
import type { LabNamespace } from '../kernel/namespaces.js';
import { CatchUp } from '../timing/catch-up.js';
import { interfaceFolders, isInterfaceSysctlBeyond } from './beyond/sysctls.js';

/** Of a lab: each takes two of the watches that a machine has for a user. */
const mostOfALab = 1_000;

/** Below this MTU an interface has no IPv6, and no folder of it; with another MTU it gets a new one (addrconf_notify in net/ipv6/addrconf.c). */
const leastMtuOfIpv6 = 1280;

/** Interfaces of a namespace that a look found different. */
export interface InterfaceChanges {
  /** Null: gone. */
  readonly interfaces: Readonly<Record<string, Pick<ObservedInterface, 'ifindex' | 'mtu'> | null>>;
  /** There are no others. */
  readonly isWhole?: boolean;
}

interface Seen {
  readonly ifindex: number;
  readonly hasIpv6: boolean;
  /** We made it, and nobody has typed anything yet. */
  readonly isOurs: boolean;
  /** Null: not watched. */
  folders: WatchedSysctls | null;
}

export interface InterfaceSysctlsOptions {
  readonly inotify: Inotify;
  /** Whether the document has the interface, or the node when there is no name. */
  readonly isInDocument: (namespace: string, ifname: string | null) => boolean;
  readonly onWrite: (namespace: string) => void;
  readonly onRefused: (error: NetlinkError) => void;
}

/** Hears who writes sysctls of single interfaces, which have folders of their own that come and go with them. */
export class InterfaceSysctls {
  readonly #options: InterfaceSysctlsOptions;
  readonly #seen = new Map<LabNamespace, Map<string, Seen>>();
  readonly #work: CatchUp<LabNamespace>;
  #watched = 0;
  #isFull = false;

  constructor(options: InterfaceSysctlsOptions) {
    this.#options = options;
    this.#work = new CatchUp((namespace, atOnce) => this.#watch(namespace, atOnce));
  }

  note(changes: Iterable<readonly [LabNamespace, InterfaceChanges]>): void {
    const touched: LabNamespace[] = [];
    for (const [namespace, change] of changes) if (this.#noteOne(namespace, change)) touched.push(namespace);
    if (this.#isFull && this.#watched < mostOfALab) {
      this.#isFull = false;
      touched.push(...this.#seen.keys());
    }
    if (touched.length > 0) this.#work.addAll(touched);
  }

  /** A program of a person is about to run in it. */
  heed(namespace: LabNamespace): void {
    if (this.#work.drop(namespace)) this.#watch(namespace, true);
  }

  left(namespace: LabNamespace): void {
    this.#work.drop(namespace);
    for (const seen of this.#seen.get(namespace)?.values() ?? []) this.#forget(seen);
    this.#seen.delete(namespace);
  }

  pause(): void {
    this.#work.pause();
  }

  resume(): void {
    this.#work.resume();
  }

  close(): void {
    this.#work.close();
    for (const namespace of this.#seen.keys()) this.left(namespace);
  }

  /** @returns whether there may be something to watch */
  #noteOne(namespace: LabNamespace, { interfaces, isWhole = false }: InterfaceChanges): boolean {
    const mine = this.#seen.get(namespace) ?? new Map<string, Seen>();
    this.#seen.set(namespace, mine);
    let isTouched = false;
    for (const [ifname, seen] of mine) {
      const now = Object.hasOwn(interfaces, ifname) ? interfaces[ifname] : isWhole ? null : undefined;
      if (now === undefined || (now !== null && isSame(seen, now))) continue;
      this.#forget(seen);
      mine.delete(ifname);
      isTouched = true;
    }
    for (const [ifname, now] of Object.entries(interfaces)) {
      if (now === null || mine.has(ifname)) continue;
      const isOurs = this.#isOurs(namespace.name, ifname, isWhole);
      mine.set(ifname, { ifindex: now.ifindex, hasIpv6: now.mtu >= leastMtuOfIpv6, isOurs, folders: null });
      isTouched = true;
    }
    return isTouched;
  }

  /** A node that is new, with all in it, and what else the document has. */
  #isOurs(namespace: string, ifname: string, isNew: boolean): boolean {
    const { isInDocument } = this.#options;
    if (namespace === ROOT_NAMESPACE) return false;
    return isInDocument(namespace, ifname) || (isNew && isInDocument(namespace, null));
  }

  /** Those that are read: the first in a namespace. */
  #watch(namespace: LabNamespace, atOnce: boolean): void {
    const { inotify, onWrite, onRefused } = this.#options;
    const heard = (file: string): void => {
      if (isInterfaceSysctlBeyond(file)) onWrite(namespace.name);
    };
    let isTyped = false;
    const first = [...(this.#seen.get(namespace) ?? [])].slice(0, mostInterfaces);
    try {
      inNamespace(namespace.handle, () => {
        for (const [ifname, seen] of first) {
          if (seen.folders !== null) continue;
          this.#isFull = this.#watched >= mostOfALab;
          if (this.#isFull) break;
          seen.folders = watchSysctls(inotify, interfaceFolders(ifname), heard);
          this.#watched += 1;
          isTyped ||= !seen.isOurs;
        }
      });
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      onRefused(error);
      return;
    }
    // Somebody who types may be quicker than we are.
    if (atOnce && isTyped) onWrite(namespace.name);
  }

  #forget(seen: Seen): void {
    if (seen.folders === null) return;
    seen.folders.forget();
    seen.folders = null;
    this.#watched -= 1;
  }
}

/** Of the same name, and another one: the folder of the first has gone with it. */
function isSame(seen: Seen, now: Pick<ObservedInterface, 'ifindex' | 'mtu'>): boolean {
  return seen.ifindex === now.ifindex && seen.hasIpv6 === now.mtu >= leastMtuOfIpv6;
}
