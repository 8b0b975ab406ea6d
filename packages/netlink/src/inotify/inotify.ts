import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import {
  EAGAIN,
  EINTR,
  IN_ATTRIB,
  IN_CLOEXEC,
  IN_CREATE,
  IN_DELETE,
  IN_MASK_ADD,
  IN_MODIFY,
  IN_MOVED_FROM,
  IN_MOVED_TO,
  IN_NONBLOCK,
  IN_ONLYDIR,
  IN_Q_OVERFLOW,
} from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import type { Poller } from '../poller/poller.js';

/** struct inotify_event { s32 watch; u32 mask; u32 cookie; u32 length; char name[length] }, inotify(7). */
const HEADER_BYTES = 16;
/** Some hundred events; the rest comes in the next turn of the event loop. */
const BUFFER_BYTES = 8 * 1024;

/** What is told of a folder: that files in it are written to, or that names in it appear, vanish, or have something mounted on them. */
export type FolderEvents = 'writes' | 'names';

const masks: Readonly<Record<FolderEvents, number>> = {
  writes: IN_MODIFY,
  names: IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB,
};

interface Listener {
  readonly mask: number;
  readonly onEvent: (name: string) => void;
}

/** One of the listeners to a folder. */
export interface FolderWatch {
  /** Stops it; doing it twice does nothing. */
  stop(): void;
}

/**
 * Watches folders through inotify(7), all on one instance: a user may have 128 of these on a machine as it comes (fs.inotify.max_user_instances),
 * and `fs.watch` takes one for itself in every process.
 */
export class Inotify {
  readonly #poller: Poller;
  readonly #onLost: () => void;
  readonly #fd: number;
  readonly #listeners = new Map<number, Set<Listener>>();
  readonly #buffer = Buffer.alloc(BUFFER_BYTES);
  #closed = false;

  /**
   * @param onLost events came faster than they were read: anything may have happened
   * @throws NetlinkError EMFILE at fs.inotify.max_user_instances
   */
  constructor(poller: Poller, onLost: () => void) {
    this.#poller = poller;
    this.#onLost = onLost;
    this.#fd = check(libc.inotifyInit1(IN_NONBLOCK | IN_CLOEXEC), 'inotify_init1');
    poller.add(this.#fd, () => this.drain());
  }

  /**
   * Watches a folder; `onEvent` is given the name of the file in it that the event is about. One folder may have several listeners: the kernel
   * has one watch for an inode, by whatever path it is asked.
   * @throws NetlinkError ENOENT, ENOTDIR; ENOSPC at fs.inotify.max_user_watches
   */
  add(folder: string, events: FolderEvents, onEvent: (name: string) => void): FolderWatch {
    const watch = check(
      libc.inotifyAddWatch(this.#fd, folder, masks[events] | IN_ONLYDIR | IN_MASK_ADD),
      'inotify_add_watch',
      folder,
    );
    const listener = { mask: masks[events], onEvent };
    const all = this.#listeners.get(watch) ?? new Set();
    all.add(listener);
    this.#listeners.set(watch, all);
    return { stop: () => this.#stop(watch, all, listener) };
  }

  #stop(watch: number, all: Set<Listener>, listener: Listener): void {
    if (!all.delete(listener) || all.size > 0 || this.#listeners.get(watch) !== all) return;
    this.#listeners.delete(watch);
    // With the folder the kernel may have let go of it already: then there is nothing left to refuse.
    libc.inotifyRmWatch(this.#fd, watch);
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

  /** Closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#listeners.clear();
    this.#poller.remove(this.#fd);
    libc.close(this.#fd);
  }

  #tell(at: number): void {
    const mask = this.#buffer.readUInt32LE(at + 4);
    if (mask & IN_Q_OVERFLOW) {
      this.#onLost();
      return;
    }
    const start = at + HEADER_BYTES;
    const name = this.#buffer.toString('utf8', start, start + this.#buffer.readUInt32LE(at + 12)).replace(/\0+$/, '');
    for (const listener of this.#listeners.get(this.#buffer.readInt32LE(at)) ?? [])
      if (mask & listener.mask) listener.onEvent(name);
  }
}
