import { attachFilter } from '../bpf/attach.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import type { Poller } from '../poller/poller.js';
import type { Frame } from '../rtnetlink/codec/frame.js';
import { Messages } from '../rtnetlink/codec/messages.js';
import { EVENT_KINDS, type EventBody, type EventKind, type EventType } from './event.js';
import { DEFAULT_GROUPS, type EventGroup, groupMask } from './groups.js';
import { isFiltered, lastingNeighboursOnly } from './lasting-neighbours.js';
import { ListeningSocket } from './listening-socket.js';

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
  /** Default: everything, but of neighbours only what lasts. */
  readonly groups?: readonly EventGroup[];
  readonly onEvent: (event: KernelEvent) => void;
  /** Events were lost because they came faster than they were read: read everything again. */
  readonly onLost: () => void;
}

/** Room for some thousand events: a whole lab being made. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024;

/**
 * Listens to the events of a namespace and of every namespace to which it has given an nsid, on one socket.
 * An event says "look again": the truth is always a fresh read.
 */
export class EventMonitor {
  readonly #socket: ListeningSocket;

  private constructor({ poller, groups, onEvent, onLost }: MonitorOptions) {
    const heard = groups ?? DEFAULT_GROUPS;
    this.#socket = new ListeningSocket({
      poller,
      protocol: 'NETLINK_ROUTE',
      groups: groupMask(heard),
      receiveBufferBytes: RECEIVE_BUFFER_BYTES,
      onDatagram: (nsid, frame, length) => this.#tell(nsid, frame, length, onEvent),
      onLost,
    });
    if (isFiltered(heard)) attachFilter(this.#socket.fd, lastingNeighboursOnly);
  }

  /** @throws NetlinkError EPERM without CAP_NET_BROADCAST over the namespace. */
  static open(options: MonitorOptions): EventMonitor {
    const open = () => new EventMonitor(options);
    return options.namespace === undefined ? open() : inNamespace(options.namespace, open);
  }

  get fd(): number {
    return this.#socket.fd;
  }

  /** Stops listening. Closing twice does nothing. */
  close(): void {
    this.#socket.close();
  }

  /**
   * Reads what waits in the socket now, up to about a millisecond of it, instead of in a later turn of the event loop. Once it
   * has returned false, a fresh read of the kernel is newer than every event told so far.
   * @returns whether more may wait.
   */
  drain(): boolean {
    return this.#socket.drain();
  }

  #tell(nsid: number | null, frame: Frame, length: number, onEvent: MonitorOptions['onEvent']): void {
    const message = new Messages(frame, length);
    while (message.next() && !this.#socket.closed) {
      const kind = EVENT_KINDS.get(message.type);
      if (kind === undefined) continue;
      const event = new LazyEvent(nsid, kind, frame, message.start, message.end);
      onEvent(event);
      event.expire();
    }
  }
}

class LazyEvent implements KernelEvent {
  readonly nsid: number | null;
  readonly type: EventType;
  readonly ifindex: number | null;
  readonly #kind: EventKind;
  readonly #frame: Frame;
  readonly #start: number;
  readonly #end: number;
  #expired = false;
  #message: EventBody | null | undefined;

  constructor(nsid: number | null, kind: EventKind, frame: Frame, start: number, end: number) {
    this.nsid = nsid;
    this.type = kind.type;
    this.ifindex = kind.ifindex(frame, start, end);
    this.#kind = kind;
    this.#frame = frame;
    this.#start = start;
    this.#end = end;
  }

  get message(): EventBody | null {
    if (this.#message === undefined) {
      if (this.#expired) throw new Error('an event can be decoded during its callback only');
      this.#message = this.#kind.decode(this.#frame, this.#start, this.#end);
    }
    return this.#message;
  }

  expire(): void {
    this.#expired = true;
  }
}
