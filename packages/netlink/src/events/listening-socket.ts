import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EAGAIN, EINTR, ENOBUFS, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { MessageBuffer } from '../libc/message-buffer.js';
import { setIntegerOption, setReceiveBuffer } from '../libc/sockets.js';
import type { Poller } from '../poller/poller.js';
import type { Frame } from '../rtnetlink/codec/frame.js';

const SOL_NETLINK = 270;
const NETLINK_LISTEN_ALL_NSID = 8;
/** How many messages are read before the event loop goes on; about 5 µs each. */
const MESSAGES_PER_TURN = 256;
/** No event is larger: the kernel makes them at most a page (NLMSG_GOODSIZE), links with many features and single large rules a few. */
const LARGEST_EVENT_BYTES = 64 * 1024;
/** struct sockaddr_nl { u16 family; u16 pad; u32 port; u32 groups } */
const ADDRESS_BYTES = 12;
const CONTROL_BYTES = 128;

/** Families of netlink; netlink(7). */
const protocols = { NETLINK_ROUTE: 0, NETLINK_NETFILTER: 12 } as const;

export interface ListeningOptions {
  readonly poller: Poller;
  readonly protocol: keyof typeof protocols;
  /** Multicast groups, as the bits of struct sockaddr_nl. */
  readonly groups: number;
  /** A limit, not memory taken; the kernel may cut it (see setReceiveBuffer). */
  readonly receiveBufferBytes: number;
  /**
   * A datagram of the kernel, its bytes from the start of `frame`, which the next one overwrites. `nsid`: the namespace it is about, as a
   * number of the listening namespace; null: the listening namespace itself.
   */
  readonly onDatagram: (nsid: number | null, frame: Frame, length: number) => void;
  /** Events came faster than they were read, or one was too long. */
  readonly onLost: () => void;
}

/** A netlink socket that hears the events of the calling thread's namespace and of every namespace to which it has given an nsid. */
export class ListeningSocket {
  readonly fd: number;
  readonly #options: ListeningOptions;
  readonly #memory = new MessageBuffer(LARGEST_EVENT_BYTES, ADDRESS_BYTES, CONTROL_BYTES);
  readonly #frame: Frame = { bytes: this.#memory.data, view: this.#memory.view };
  #closed = false;

  /** @throws NetlinkError EPERM without CAP_NET_BROADCAST over the namespace; EPROTONOSUPPORT on a kernel without the protocol. */
  constructor(options: ListeningOptions) {
    this.fd = openSocket(options);
    this.#options = options;
    options.poller.add(this.fd, () => this.drain());
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.poller.remove(this.fd);
    libc.close(this.fd);
  }

  /**
   * Reads what waits in the socket now, up to about a millisecond of it.
   * @returns whether more may wait.
   */
  drain(): boolean {
    for (let count = 0; count < MESSAGES_PER_TURN && !this.#closed; count++) {
      const length = this.#memory.receive(this.fd);
      if (length < 0) {
        const errno = lastErrno();
        if (errno === EAGAIN) return false;
        if (errno === ENOBUFS) this.#options.onLost();
        else if (errno !== EINTR) throw new NetlinkError({ errno, syscall: 'recvmsg' });
      } else if (this.#memory.name.readUInt32LE(4) === 0) {
        // Port 0 is the kernel; whoever else may write to this socket is not listened to.
        if (length > LARGEST_EVENT_BYTES) this.#options.onLost();
        else this.#options.onDatagram(this.#nsid(), this.#frame, length);
      }
    }
    return !this.#closed;
  }

  #nsid(): number | null {
    for (const { level, type, start, end } of this.#memory.ancillary()) {
      if (level === SOL_NETLINK && type === NETLINK_LISTEN_ALL_NSID && end - start >= 4) {
        return this.#memory.control.getInt32(start, true);
      }
    }
    return null;
  }
}

function openSocket({ protocol, groups, receiveBufferBytes }: ListeningOptions): number {
  const fd = check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocols[protocol]), 'socket', protocol);
  try {
    setReceiveBuffer(fd, receiveBufferBytes);
    setIntegerOption(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1, 'NETLINK_LISTEN_ALL_NSID');
    const address = Buffer.alloc(ADDRESS_BYTES);
    address.writeUInt16LE(AF_NETLINK, 0);
    address.writeUInt32LE(groups, 8);
    check(libc.bind(fd, address, ADDRESS_BYTES), 'bind', protocol);
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}
