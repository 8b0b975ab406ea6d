import { type Inotify, inNamespace, NetlinkError, type WatchedSysctls, watchSysctls } from '@vethlab/netlink';
import type { NamespaceDelta } from '@vethlab/observed';
import { mostInterfaces } from '../inspect/sections/sysctls.js';
import type { LabNamespace } from '../kernel/namespaces.js';
import { CatchUp } from '../timing/catch-up.js';
import { interfaceFolders, isSysctlBeyond } from './beyond/sysctls.js';

/** Of a lab: each takes two of the watches that a machine has for a user. */
const mostOfALab = 1_000;

interface Watched {
  readonly ifindex: number;
  /** Null: not yet. */
  folders: WatchedSysctls | null;
}

export interface InterfaceSysctlsOptions {
  readonly inotify: Inotify;
  readonly onWrite: (namespace: string) => void;
  readonly onRefused: (error: NetlinkError) => void;
}

/** Hears who writes sysctls of single interfaces, which have folders of their own that come and go with them. */
export class InterfaceSysctls {
  readonly #options: InterfaceSysctlsOptions;
  readonly #byNamespace = new Map<LabNamespace, Map<string, Watched>>();
  readonly #work: CatchUp<LabNamespace>;
  #count = 0;

  constructor(options: InterfaceSysctlsOptions) {
    this.#options = options;
    this.#work = new CatchUp((namespace, atOnce) => this.#watch(namespace, atOnce));
  }

  /** What a look found different. */
  note(namespace: LabNamespace, changes: NonNullable<NamespaceDelta['interfaces']>): void {
    const mine = this.#byNamespace.get(namespace) ?? new Map<string, Watched>();
    this.#byNamespace.set(namespace, mine);
    for (const [ifname, found] of Object.entries(changes)) {
      const before = mine.get(ifname);
      // Of the same name, and another one: the folder of the first has gone with it.
      if (found !== null && before?.ifindex === found.ifindex) continue;
      if (before !== undefined) this.#forget(mine, ifname, before);
      if (found === null || this.#count >= mostOfALab || mine.size >= mostInterfaces) continue;
      mine.set(ifname, { ifindex: found.ifindex, folders: null });
      this.#count += 1;
      this.#work.add(namespace);
    }
  }

  left(namespace: LabNamespace): void {
    this.#work.drop(namespace);
    const mine = this.#byNamespace.get(namespace) ?? new Map<string, Watched>();
    for (const [ifname, watched] of mine) this.#forget(mine, ifname, watched);
    this.#byNamespace.delete(namespace);
  }

  pause(): void {
    this.#work.pause();
  }

  resume(): void {
    this.#work.resume();
  }

  close(): void {
    this.#work.close();
    for (const namespace of this.#byNamespace.keys()) this.left(namespace);
  }

  #watch(namespace: LabNamespace, atOnce: boolean): void {
    const { inotify, onWrite, onRefused } = this.#options;
    const heard = (file: string): void => {
      if (isSysctlBeyond(file, namespace.name)) onWrite(namespace.name);
    };
    try {
      inNamespace(namespace.handle, () => {
        for (const [ifname, watched] of this.#byNamespace.get(namespace) ?? [])
          watched.folders ??= watchSysctls(inotify, interfaceFolders(ifname), heard);
      });
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      onRefused(error);
      return;
    }
    // Somebody who types it may be quicker than we are.
    if (atOnce) onWrite(namespace.name);
  }

  #forget(mine: Map<string, Watched>, ifname: string, { folders }: Watched): void {
    folders?.forget();
    mine.delete(ifname);
    this.#count -= 1;
  }
}
