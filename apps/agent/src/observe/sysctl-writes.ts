import { type Inotify, inNamespace, NetlinkError, type WatchedSysctls, watchSysctls } from '@vethlab/netlink';
import type { LabNamespace, NamespaceFollower } from '../kernel/namespaces.js';
import { CatchUp } from '../timing/catch-up.js';
import { isSysctlBeyond, watchedFolders } from './beyond/sysctls.js';
import { type InterfaceChanges, InterfaceSysctls } from './interface-sysctls.js';

export interface SysctlWritesOptions {
  readonly inotify: Inotify;
  readonly isInDocument: (namespace: string, ifname: string | null) => boolean;
  readonly onWrite: (namespace: string) => void;
  /** Told once: what is missing, and how to mend it. */
  readonly complain: (what: string) => void;
}

/**
 * Hears which namespaces of the lab somebody writes sysctls in. Without it the lab works, and tells them in the live tab only.
 *
 * To watch a namespace takes a quarter of the time that it takes to make one, so those that we make are watched when the lab has been applied,
 * or when the first program of a person is about to run in them.
 */
export class SysctlWrites implements NamespaceFollower {
  readonly #options: SysctlWritesOptions;
  /** Those that were made, and are not watched yet. */
  readonly #unheard = new CatchUp<LabNamespace>((namespace) => this.#watch(namespace));
  readonly #watched = new Map<LabNamespace, WatchedSysctls>();
  readonly #interfaces: InterfaceSysctls;
  #refused = false;

  constructor(options: SysctlWritesOptions) {
    this.#options = options;
    this.#interfaces = new InterfaceSysctls({ ...options, onRefused: (error) => this.#refuse(error) });
  }

  entered(namespace: LabNamespace, how: 'made' | 'found'): void {
    if (this.#refused) return;
    // What is there already is looked at at once: what is written from then on must be heard.
    if (how === 'found') this.#watch(namespace);
    else this.#unheard.add(namespace);
  }

  left(namespace: LabNamespace): void {
    this.#unheard.drop(namespace);
    this.#watched.get(namespace)?.forget();
    this.#watched.delete(namespace);
    this.#interfaces.left(namespace);
  }

  /** Interfaces that a look found different. */
  note(changes: Iterable<readonly [LabNamespace, InterfaceChanges]>): void {
    if (!this.#refused) this.#interfaces.note(changes);
  }

  /** Whether a write in there is heard, or will be before anybody can write. */
  hears(namespace: LabNamespace): boolean {
    return this.#watched.has(namespace) || this.#unheard.has(namespace);
  }

  /** From now on; some 0.1 ms. */
  heed(namespace: LabNamespace): void {
    if (this.#unheard.drop(namespace)) this.#watch(namespace);
    this.#interfaces.heed(namespace);
  }

  /** While a lab is applied. */
  pause(): void {
    this.#unheard.pause();
    this.#interfaces.pause();
  }

  resume(): void {
    this.#unheard.resume();
    this.#interfaces.resume();
  }

  close(): void {
    this.#unheard.close();
    this.#interfaces.close();
    for (const watched of this.#watched.values()) watched.forget();
    this.#watched.clear();
  }

  #watch(namespace: LabNamespace): void {
    const { inotify, onWrite } = this.#options;
    const heard = (file: string): void => {
      if (isSysctlBeyond(file, namespace.name)) onWrite(namespace.name);
    };
    try {
      this.#watched.set(
        namespace,
        inNamespace(namespace.handle, () => watchSysctls(inotify, watchedFolders, heard)),
      );
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.#refuse(error);
    }
  }

  /** Where one is refused, a thousand others are. */
  #refuse(error: NetlinkError): void {
    if (this.#refused) return;
    this.#refused = true;
    this.#options.complain(
      `Sysctls that are typed show in the live tab only: ${error.message}. The limit is fs.inotify.max_user_watches (inotify(7)).`,
    );
    this.close();
  }
}
