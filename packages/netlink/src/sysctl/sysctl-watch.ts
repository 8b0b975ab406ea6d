import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import {
  EAGAIN,
  EINTR,
  ENOENT,
  IN_CLOEXEC,
  IN_MODIFY,
  IN_NONBLOCK,
  IN_ONLYDIR,
  IN_Q_OVERFLOW,
} from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import type { Poller } from '../poller/poller.js';
import { sysctlPath } from './key.js';

/** struct inotify_event { s32 watch; u32 mask; u32 cookie; u32 length; char name[length] }, inotify(7). */
const HEADER_BYTES = 16;
/** Some hundred events; the rest comes in the next turn of the event loop. */
const BUFFER_BYTES = 8 * 1024;

/** The folders of one namespace that are watched. */
export interface WatchedSysctls {
  readonly watches: readonly number[];
}

export interface SysctlWatchOptions {
  readonly poller: Poller;
  /** Keys of folders, such as `net.ipv4.conf.all`. What lies deeper than directly in them is not heard. */
  readonly folders: readonly string[];
  /** Somebody wrote to a file in one of the folders; `file` is its name in there. It may have the value that it had. */
  readonly onWrite: (where: WatchedSysctls, file: string) => void;
  /** Writes came faster than they were read: any may have happened. */
  readonly onLost: () => void;
}

/**
 * Tells when somebody writes a sysctl of a network namespace. The kernel has no netlink event for most of them, but /proc/sys/net has inodes
 * of its own for every namespace, and writing to one of them is an event of inotify(7) like writing to any file. Of what the kernel changes
 * by itself, and of writes through another mount of /proc (`unshare --mount-proc`), nothing is heard.
 */
export class SysctlWatch {
  readonly #options: SysctlWatchOptions;
  readonly #paths: readonly string[];
  readonly #fd: number;
  readonly #places = new Map<number, WatchedSysctls>();
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  #closed = false;

  /** @throws NetlinkError EMFILE at fs.inotify.max_user_instances. */
  constructor(options: SysctlWatchOptions) {
    this.#options = options;
    this.#paths = options.folders.map(sysctlPath);
    this.#fd = check(libc.inotifyInit1(IN_NONBLOCK | IN_CLOEXEC), 'inotify_init1');
    options.poller.add(this.#fd, () => this.drain());
  }

  /**
   * Watches the folders of the namespace in which the calling thread is, as far as this kernel has them.
   * @throws NetlinkError ENOSPC at fs.inotify.max_user_watches; nothing half-watched stays behind.
   */
  watchHere(): WatchedSysctls {
    const watches: number[] = [];
    const where: WatchedSysctls = { watches };
    for (const path of this.#paths) {
      const watch = libc.inotifyAddWatch(this.#fd, path, IN_MODIFY | IN_ONLYDIR);
      if (watch >= 0) {
        watches.push(watch);
        this.#places.set(watch, where);
        continue;
      }
      const errno = lastErrno();
      if (errno === ENOENT) continue;
      this.forget(where);
      throw new NetlinkError({ errno, syscall: 'inotify_add_watch', subject: path });
    }
    return where;
  }

  /** Stops watching them. */
  forget({ watches }: WatchedSysctls): void {
    for (const watch of watches) {
      // With the namespace the kernel may have let go of it already: then there is nothing left to refuse.
      if (this.#places.delete(watch)) libc.inotifyRmWatch(this.#fd, watch);
    }
  }

  /** Reads what waits now, up to a few kilobytes of it. @returns whether more may wait. */
  drain(): boolean {
    if (this.#closed) return false;
    const length = libc.read(this.#fd, this.#buffer, BUFFER_BYTES);
    if (length < 0) {
      const errno = lastErrno();
      if (errno === EAGAIN) return false;
      if (errno === EINTR) return true;
      throw new NetlinkError({ errno, syscall: 'read', subject: 'inotify' });
    }
    for (let at = 0; at + HEADER_BYTES <= length; at += HEADER_BYTES + this.#buffer.readUInt32LE(at + 12))
      this.#tell(at);
    return true;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#places.clear();
    this.#options.poller.remove(this.#fd);
    libc.close(this.#fd);
  }

  #tell(at: number): void {
    const mask = this.#buffer.readUInt32LE(at + 4);
    if (mask & IN_Q_OVERFLOW) this.#options.onLost();
    if (!(mask & IN_MODIFY)) return;
    const where = this.#places.get(this.#buffer.readInt32LE(at));
    if (where === undefined) return;
    const start = at + HEADER_BYTES;
    const name = this.#buffer.toString('latin1', start, start + this.#buffer.readUInt32LE(at + 12));
    this.#options.onWrite(where, name.replace(/\0+$/, ''));
  }
}
