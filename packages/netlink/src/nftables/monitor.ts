import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EAGAIN, EINTR, ENOBUFS, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { MessageBuffer } from '../libc/message-buffer.js';
import { setIntegerOption, setReceiveBuffer } from '../libc/sockets.js';
import type { Poller } from '../poller/poller.js';
import { Messages } from '../rtnetlink/codec/messages.js';
import { NFT_MSG_NEWGEN } from './codec/constants.js';

const NETLINK_NETFILTER = 12;
const SOL_NETLINK = 270;
const NETLINK_LISTEN_ALL_NSID = 8;
/** NFNLGRP_NFTABLES, as a bit of struct sockaddr_nl. */
const GROUP_BIT = 1 << (7 - 1);
/** Each change of a table is told with all its rules, which only have to be skipped. A limit, not memory taken. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;
/** Messages that are read before the event loop goes on: about a millisecond. */
const MESSAGES_PER_TURN = 256;
/** NLMSG_GOODSIZE, in which the kernel tells changes, and the largest single rule. */
const LARGEST_EVENT_BYTES = 64 * 1024;
/** struct sockaddr_nl { u16 family; u16 pad; u32 port; u32 groups } */
const ADDRESS_BYTES = 12;
const CONTROL_BYTES = 128;

const memory = new MessageBuffer(LARGEST_EVENT_BYTES, ADDRESS_BYTES, CONTROL_BYTES);
const frame = { bytes: memory.data, view: memory.view };

export interface NftablesMonitorOptions {
  readonly poller: Poller;
  /** Some table changed in a namespace: its number in the listening namespace; null: the listening namespace itself. */
  readonly onChange: (nsid: number | null) => void;
  /** Events were lost: any table may have changed. */
  readonly onLost: () => void;
}

/**
 * Hears that rules of nf_tables changed, whoever changed them (nft, iptables-nft, ourselves), in the calling thread's namespace
 * and in every namespace to which it has given an nsid.
 */
export class NftablesMonitor {
  readonly #fd: number;
  readonly #options: NftablesMonitorOptions;
  #closed = false;

  private constructor(fd: number, options: NftablesMonitorOptions) {
    this.#fd = fd;
    this.#options = options;
  }

  /** @throws NetlinkError EPROTONOSUPPORT on a kernel without nfnetlink. */
  static open(options: NftablesMonitorOptions): NftablesMonitor {
    const monitor = new NftablesMonitor(openSocket(), options);
    options.poller.add(monitor.#fd, () => monitor.drain());
    return monitor;
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#options.poller.remove(this.#fd);
    libc.close(this.#fd);
  }

  /** Reads what waits now. @returns whether more may wait. */
  drain(): boolean {
    for (let count = 0; count < MESSAGES_PER_TURN && !this.#closed; count++) {
      const length = memory.receive(this.#fd);
      if (length < 0) {
        const errno = lastErrno();
        if (errno === EAGAIN) return false;
        if (errno === ENOBUFS) this.#options.onLost();
        else if (errno !== EINTR) throw new NetlinkError({ errno, syscall: 'recvmsg' });
      } else if (memory.name.readUInt32LE(4) === 0) this.#tell(length);
    }
    return !this.#closed;
  }

  /** Every change ends with the number of the new generation; what it was is read afresh. */
  #tell(length: number): void {
    if (length > LARGEST_EVENT_BYTES) {
      this.#options.onLost();
      return;
    }
    const message = new Messages(frame, length);
    while (message.next()) {
      if (message.type !== NFT_MSG_NEWGEN) continue;
      this.#options.onChange(readNsid());
      return;
    }
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

function openSocket(): number {
  const fd = check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER), 'socket', 'NETLINK_NETFILTER');
  try {
    setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
    setIntegerOption(fd, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1, 'NETLINK_LISTEN_ALL_NSID');
    const address = Buffer.alloc(ADDRESS_BYTES);
    address.writeUInt16LE(AF_NETLINK, 0);
    address.writeUInt32LE(GROUP_BIT, 8);
    check(libc.bind(fd, address, ADDRESS_BYTES), 'bind', 'NETLINK_NETFILTER');
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}
