import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EAGAIN, EINTR, ENOBUFS, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { MessageBuffer } from '../libc/message-buffer.js';
import { setIntegerOption, setReceiveBuffer } from '../libc/sockets.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import type { Poller } from '../poller/poller.js';
import type { Frame } from '../rtnetlink/codec/frame.js';
import { Messages } from '../rtnetlink/codec/messages.js';
import { EVENT_KINDS, type EventBody, type EventKind, type EventType } from './event.js';
import { DEFAULT_GROUPS, type EventGroup, groupMask } from './groups.js';

/** Something changed. Good during the callback only: the memory behind `message` is used again for the next event. */
export interface KernelEvent {
  /** The namespace it happened in, as a number of the listening namespace; null: the listening namespace itself. */
  readonly nsid: number | null;
  readonly type: EventType;
  /** The interface it is about; null when it is about none, or about several. */
  readonly ifindex: number | null;
  /** The whole body, decoded when it is first asked for; null when it cannot be read. */
  readonly message: EventBody | null;
}

/** What to listen to, and whom to tell. */
export interface MonitorOptions {
  readonly poller: Poller;
  /** Where to listen; without it, the calling thread's own namespace. */
  readonly namespace?: NamespaceHandle;
  /** Default: everything but neighbours. */
  readonly groups?: readonly EventGroup[];
  readonly onEvent: (event: KernelEvent) => void;
  /** Events were lost because they came faster than they were read: read everything again. */
  readonly onLost: () => void;
}

const NETLINK_ROUTE = 0;
const SOL_NETLINK = 270;
const NETLINK_LISTEN_ALL_NSID = 8;
/** Room for some thousand events: a whole lab being made. A limit, not memory taken; the kernel may cut it (see setReceiveBuffer). */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;
/** How many messages are read before the event loop goes on; about 5 µs each. */
const MESSAGES_PER_TURN = 256;
/** No event is larger: the kernel makes them at most a page, links with many features a few. */
const LARGEST_EVENT_BYTES = 64 * 1024;
/** struct sockaddr_nl { u16 family; u16 pad; u32 port; u32 groups } */
const ADDRESS_BYTES = 12;
const CONTROL_BYTES = 128;

const memory = new MessageBuffer(LARGEST_EVENT_BYTES, ADDRESS_BYTES, CONTROL_BYTES);
const frame: Frame = { bytes: memory.data, view: memory.view };

/**
 * Listens to the events of a namespace and of every namespace to which it has given an nsid, on one socket.
 * An event says "look again": the truth is always a fresh read.
 */
export class EventMonitor {
  readonly fd: number;
  readonly #options: MonitorOptions;
  #closed = false;

  private constructor(fd: number, options: MonitorOptions) {
    this.fd = fd;
    this.#options = options;
  }

  /** @throws NetlinkError EPERM without CAP_NET_BROADCAST over the namespace. */
  static open(options: MonitorOptions): EventMonitor {
    const open = () => openSocket(groupMask(options.groups ?? DEFAULT_GROUPS));
    const fd = options.namespace === undefined ? open() : inNamespace(options.namespace, open);
    const monitor = new EventMonitor(fd, options);
    options.poller.add(fd, () => monitor.#read());
    return monitor;
  }

  /** Stops listening. Closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.poller.remove(this.fd);
    libc.close(this.fd);
  }

  /**
   * Reads what waits in the socket now, up to about a millisecond of it, instead of in a later turn of the event loop. Once it
   * has returned false, a fresh read of the kernel is newer than every event told so far.
   * @returns whether more may wait.
   */
  drain(): boolean {
    return this.#read();
  }

  /** Whether more may wait. */
  #read(): boolean {
    for (let count = 0; count < MESSAGES_PER_TURN && !this.#closed; count++) {
      const length = memory.receive(this.fd);
      if (length < 0) {
        const errno = lastErrno();
        if (errno === EAGAIN) return false;
        if (errno === ENOBUFS) this.#options.onLost();
        else if (errno !== EINTR) throw new NetlinkError({ errno, syscall: 'recvmsg' });
      } else if (memory.name.readUInt32LE(4) === 0) {
        // Port 0 is the kernel; whoever else may write to this socket is not listened to.
        if (length > LARGEST_EVENT_BYTES) this.#options.onLost();
        else this.#tell(length);
      }
    }
    return !this.#closed;
  }

  #tell(length: number): void {
    const nsid = readNsid();
    const message = new Messages(frame, length);
    while (message.next() && !this.#closed) {
      const kind = EVENT_KINDS.get(message.type);
      if (kind === undefined) continue;
      const event = new LazyEvent(nsid, kind, message.start, message.end);
      this.#options.onEvent(event);
      event.expire();
    }
  }
}

class LazyEvent implements KernelEvent {
  readonly nsid: number | null;
  readonly type: EventType;
  readonly ifindex: number | null;
  readonly #kind: EventKind;
  readonly #start: number;
  readonly #end: number;
  #expired = false;
  #message: EventBody | null | undefined;

  constructor(nsid: number | null, kind: EventKind, start: number, end: number) {
    this.nsid = nsid;
    this.type = kind.type;
    this.ifindex = kind.ifindex(frame, start, end);
    this.#kind = kind;
    this.#start = start;
    this.#end = end;
  }

  get message(): EventBody | null {
    if (this.#message === undefined) {
      if (this.#expired) throw new Error('an event can be decoded during its callback only');
      this.#message = this.#kind.decode(frame, this.#start, this.#end);
    }
    return this.#message;
  }

  expire(): void {
    this.#expired = true;
  }
}

function readNsid(): number | null {
  for (const { level, type, start, end } of memory.ancillary()) {
    if (level === SOL_NETLINK && type === NETLINK_LISTEN_ALL_NSID && end - start >= 4) {
      return memory.control.getInt32(start, true);
    }
  }
  return null;
}

function openSocket(mask: number): number {
  const fd = check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), 'socket', 'NETLINK_ROUTE');
  try {
    setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
    setIntegerOption(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1, 'NETLINK_LISTEN_ALL_NSID');
    const address = Buffer.alloc(ADDRESS_BYTES);
    address.writeUInt16LE(AF_NETLINK, 0);
    address.writeUInt32LE(mask, 8);
    check(libc.bind(fd, address, ADDRESS_BYTES), 'bind', 'NETLINK_ROUTE');
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}
