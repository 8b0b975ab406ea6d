import { type Inotify, inNamespace, NetlinkError, type WatchedSysctls, watchSysctls } from '@vethlab/netlink';
import type { LabNamespace, NamespaceFollower } from '../kernel/namespaces.js';
import { Slices } from '../timing/slices.js';
import { isSysctlBeyond, watchedFolders } from './beyond/sysctls.js';

/** So many are watched at once when they have been made. */
const mostAtOnce = 16;
/** More of them in a pause: a large lab that was just applied is drawn first, and nobody types this soon. */
const catchUpMs = 100;

export interface SysctlWritesOptions {
  readonly inotify: Inotify;
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
  /** Made, and not watched yet. */
  readonly #unheard = new Set<LabNamespace>();
  readonly #watched = new Map<LabNamespace, WatchedSysctls>();
  #refused = false;
  #timer: NodeJS.Timeout | null = null;
  #paused = false;

  constructor(options: SysctlWritesOptions) {
    this.#options = options;
  }

  entered(namespace: LabNamespace, how: 'made' | 'found'): void {
    if (this.#refused) return;
    this.#unheard.add(namespace);
    // What is there already is looked at at once: what is written from then on must be heard.
    if (how === 'found') this.heed(namespace);
    else this.#catchUpSoon();
  }

  left(namespace: LabNamespace): void {
    this.#unheard.delete(namespace);
    this.#watched.get(namespace)?.forget();
    this.#watched.delete(namespace);
  }

  /** Whether a write in there is heard, or will be before anybody can write. */
  hears(namespace: LabNamespace): boolean {
    return this.#watched.has(namespace) || this.#unheard.has(namespace);
  }

  /** From now on; some 0.1 ms. */
  heed(namespace: LabNamespace): void {
    if (!this.#unheard.delete(namespace)) return;
    const { inotify, onWrite, complain } = this.#options;
    const heard = (file: string): void => {
      if (isSysctlBeyond(file)) onWrite(namespace.name);
    };
    try {
      this.#watched.set(
        namespace,
        inNamespace(namespace.handle, () => watchSysctls(inotify, watchedFolders, heard)),
      );
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      complain(
        `Sysctls that are typed show in the live tab only: ${error.message}. The limit is fs.inotify.max_user_watches (inotify(7)).`,
      );
      // Where one is refused, a thousand others are.
      this.#refused = true;
      this.close();
    }
  }

  /** While a lab is applied. */
  pause(): void {
    this.#paused = true;
  }

  resume(): void {
    this.#paused = false;
    this.#catchUpSoon();
  }

  close(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    for (const watched of this.#watched.values()) watched.forget();
    this.#unheard.clear();
    this.#watched.clear();
  }

  #catchUpSoon(): void {
    if (this.#paused || this.#unheard.size === 0) return;
    if (this.#unheard.size <= mostAtOnce) {
      for (const namespace of this.#unheard) this.heed(namespace);
      return;
    }
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      void this.#catchUp();
    }, catchUpMs);
  }

  async #catchUp(): Promise<void> {
    const slices = new Slices();
    for (const namespace of this.#unheard) {
      // The next apply goes first, and is followed by this again.
      if (this.#paused) return;
      this.heed(namespace);
      await slices.turn();
    }
  }
}
