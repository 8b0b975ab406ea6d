import { ListeningSocket } from '../events/listening-socket.js';
import type { Poller } from '../poller/poller.js';
import type { Frame } from '../rtnetlink/codec/frame.js';
import { Messages } from '../rtnetlink/codec/messages.js';
import { NFT_MSG_NEWGEN } from './codec/constants.js';

/** NFNLGRP_NFTABLES, as a bit of struct sockaddr_nl. */
const GROUP_BIT = 1 << (7 - 1);
/** Each change of a table is told with all its rules, which only have to be skipped. */
const RECEIVE_BUFFER_BYTES = 4 * 1024 * 1024;

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
  readonly #socket: ListeningSocket;

  private constructor({ poller, onChange, onLost }: NftablesMonitorOptions) {
    this.#socket = new ListeningSocket({
      poller,
      protocol: 'NETLINK_NETFILTER',
      groups: GROUP_BIT,
      receiveBufferBytes: RECEIVE_BUFFER_BYTES,
      onDatagram: (nsid, frame, length) => {
        if (hasNewGeneration(frame, length)) onChange(nsid);
      },
      onLost,
    });
  }

  /** @throws NetlinkError EPROTONOSUPPORT on a kernel without nfnetlink. */
  static open(options: NftablesMonitorOptions): NftablesMonitor {
    return new NftablesMonitor(options);
  }

  close(): void {
    this.#socket.close();
  }

  /** Reads what waits now. @returns whether more may wait. */
  drain(): boolean {
    return this.#socket.drain();
  }
}

/** Every change ends with the number of the new generation; what it was is read afresh. */
function hasNewGeneration(frame: Frame, length: number): boolean {
  const message = new Messages(frame, length);
  while (message.next()) if (message.type === NFT_MSG_NEWGEN) return true;
  return false;
}
