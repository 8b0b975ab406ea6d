import { NetlinkError, type Poller, SysctlWatch, type WatchedSysctls } from '@vethlab/netlink';
import { isSysctlBeyond, watchedFolders } from './beyond/sysctls.js';

export interface SysctlWritesOptions {
  readonly poller: Poller;
  readonly onWrite: (where: WatchedSysctls) => void;
  readonly onLost: () => void;
  /** Told once: what is missing, and how to mend it. */
  readonly complain: (what: string) => void;
}

/** Hears which namespaces of the lab somebody writes sysctls in. Without it the lab works, and tells them in the live tab only. */
export class SysctlWrites {
  readonly #complain: (what: string) => void;
  #watch: SysctlWatch | null = null;

  constructor({ poller, onWrite, onLost, complain }: SysctlWritesOptions) {
    this.#complain = complain;
    this.#orComplain(() => {
      this.#watch = new SysctlWatch({
        poller,
        folders: watchedFolders,
        onWrite: (where, file) => {
          if (isSysctlBeyond(file)) onWrite(where);
        },
        onLost,
      });
    });
  }

  /** In the namespace of the calling thread, some 50 µs. Null: nothing will be heard of it. */
  here(): WatchedSysctls | null {
    let watched: WatchedSysctls | null = null;
    this.#orComplain(() => {
      watched = this.#watch?.watchHere() ?? null;
    });
    return watched;
  }

  forget(watched: WatchedSysctls): void {
    this.#watch?.forget(watched);
  }

  drain(): boolean {
    return this.#watch?.drain() ?? false;
  }

  close(): void {
    this.#watch?.close();
    this.#watch = null;
  }

  #orComplain(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof NetlinkError)) throw error;
      this.#complain(
        `Sysctls that are typed show in the live tab only: ${error.message}. The limits are fs.inotify.max_user_instances and fs.inotify.max_user_watches (inotify(7)).`,
      );
      // Where one is refused, a thousand others are.
      this.close();
    }
  }
}
