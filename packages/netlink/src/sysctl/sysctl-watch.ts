import { NetlinkError } from '../errors/netlink-error.js';
import { IN_MODIFY, type Inotify } from '../inotify/inotify.js';
import { ENOENT } from '../libc/constants.js';
import { sysctlPath } from './key.js';

/** The folders of one namespace that are watched. */
export interface WatchedSysctls {
  readonly watches: readonly number[];
}

export interface SysctlWatchOptions {
  readonly inotify: Inotify;
  /** Keys of folders, such as `net.ipv4.conf.all`. What lies deeper than directly in them is not heard. */
  readonly folders: readonly string[];
  /** Somebody wrote to a file in one of the folders; `file` is its name in there. It may have the value that it had. */
  readonly onWrite: (where: WatchedSysctls, file: string) => void;
}

/**
 * Tells when somebody writes a sysctl of a network namespace. The kernel has no netlink event for most of them, but /proc/sys/net has inodes
 * of its own for every namespace, and writing to one of them is an event of inotify(7) like writing to any file. Of what the kernel changes
 * by itself, and of writes through another mount of /proc (`unshare --mount-proc`), nothing is heard.
 */
export class SysctlWatch {
  readonly #options: SysctlWatchOptions;
  readonly #paths: readonly string[];

  constructor(options: SysctlWatchOptions) {
    this.#options = options;
    this.#paths = options.folders.map(sysctlPath);
  }

  /**
   * Watches the folders of the namespace in which the calling thread is, as far as this kernel has them.
   * @throws NetlinkError ENOSPC at fs.inotify.max_user_watches; nothing half-watched stays behind.
   */
  watchHere(): WatchedSysctls {
    const { inotify, onWrite } = this.#options;
    const watches: number[] = [];
    const where: WatchedSysctls = { watches };
    for (const path of this.#paths) {
      try {
        watches.push(inotify.add(path, IN_MODIFY, (file) => onWrite(where, file)));
      } catch (error) {
        if (error instanceof NetlinkError && error.errno === ENOENT) continue;
        this.forget(where);
        throw error;
      }
    }
    return where;
  }

  /** Stops watching them. */
  forget({ watches }: WatchedSysctls): void {
    for (const watch of watches) this.#options.inotify.remove(watch);
  }
}
