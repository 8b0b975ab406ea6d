import koffi from 'koffi';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { EPOLL_CLOEXEC, EPOLL_CTL_ADD, EPOLL_CTL_DEL, EPOLLIN } from '../libc/constants.js';

/** How many descriptors are looked at before the event loop goes on; the rest come in its next turn. */
const DESCRIPTORS_PER_TURN = 64;
/** struct epoll_event { u32 events; u64 data }: packed on x86-64 alone (linux/eventpoll.h). */
const EVENT_BYTES = process.arch === 'x64' ? 12 : 16;
const DATA_OFFSET = EVENT_BYTES - 8;

/**
 * Tells when raw descriptors have something to read. One epoll descriptor holds them all, and libuv watches that one, so
 * thousands of sockets cost no thread and no handle each.
 *
 * Level-triggered: a callback that leaves something unread is called again in the next turn of the event loop. Callbacks should
 * therefore read a bounded amount and return.
 *
 * While it holds a descriptor it keeps the process alive, as a listening server does; `unref` or `close` ends that.
 */
export class Poller {
  readonly #epoll: number;
  readonly #watch: ReturnType<typeof koffi.node.poll>;
  readonly #readers = new Map<number, () => void>();
  readonly #events = new Uint8Array(EVENT_BYTES * DESCRIPTORS_PER_TURN);
  readonly #view = new DataView(this.#events.buffer);
  #scheduled = false;
  #closed = false;
  #keepsAlive = true;

  constructor() {
    this.#epoll = check(libc.epollCreate1(EPOLL_CLOEXEC), 'epoll_create1');
    this.#watch = koffi.node.poll(this.#epoll, { readable: true }, () => this.#schedule());
    this.#watch.unref();
  }

  /**
   * Calls `onReadable` whenever `fd` has something to read (or an error to fetch).
   * @throws NetlinkError EEXIST when it is watched already, EPERM for a descriptor that cannot be polled.
   */
  add(fd: number, onReadable: () => void): void {
    const event = new Uint8Array(EVENT_BYTES);
    const view = new DataView(event.buffer);
    view.setUint32(0, EPOLLIN, true);
    view.setInt32(DATA_OFFSET, fd, true);
    check(libc.epollCtl(this.#epoll, EPOLL_CTL_ADD, fd, event), 'epoll_ctl', `add ${fd}`);
    this.#readers.set(fd, onReadable);
    this.#updateReference();
  }

  /** Stops watching. Call it before the descriptor is closed; after it, `onReadable` is not called again. */
  remove(fd: number): void {
    if (!this.#readers.delete(fd)) return;
    check(libc.epollCtl(this.#epoll, EPOLL_CTL_DEL, fd, this.#events), 'epoll_ctl', `remove ${fd}`);
    this.#updateReference();
  }

  /** Lets the process end although descriptors are watched. */
  unref(): void {
    this.#keepsAlive = false;
    this.#updateReference();
  }

  /** Stops watching everything. The descriptors stay open: they belong to whoever added them. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#readers.clear();
    this.#watch.close();
    libc.close(this.#epoll);
  }

  #updateReference(): void {
    if (this.#keepsAlive && this.#readers.size > 0) this.#watch.ref();
    else this.#watch.unref();
  }

  // libuv's callback runs outside of Node's own frame for callbacks: promises would not go on after it and an error would be
  // lost. An immediate, which runs right behind it, has both.
  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#dispatch();
    });
  }

  #dispatch(): void {
    if (this.#closed) return;
    const count = libc.epollWait(this.#epoll, this.#events, DESCRIPTORS_PER_TURN, 0);
    const ready: number[] = [];
    for (let index = 0; index < count; index++)
      ready.push(this.#view.getInt32(index * EVENT_BYTES + DATA_OFFSET, true));
    // A callback may remove or close what comes after it.
    for (const fd of ready) this.#readers.get(fd)?.();
  }
}
