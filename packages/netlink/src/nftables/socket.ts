import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EBADF, MSG_NOSIGNAL, SO_SNDBUF, SOCK_CLOEXEC, SOCK_RAW, SOL_SOCKET } from '../libc/constants.js';
import { lastErrno } from '../libc/library.js';
import { setIntegerOption, setReceiveBuffer, trySetIntegerOption } from '../libc/sockets.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { AnswerSheet } from '../rtnetlink/answer-sheet.js';
import { NLM_F_ACK, NLM_F_REQUEST } from '../rtnetlink/codec/message-types.js';
import { MessageWriter } from '../rtnetlink/codec/message-writer.js';
import { Exchange } from '../rtnetlink/exchange.js';
import type { Answer, Request } from '../rtnetlink/request.js';
import * as nft from './codec/constants.js';
import {
  type ChainMessage,
  decodeChain,
  decodeGeneration,
  decodeRule,
  type RuleMessage,
} from './codec/read-ruleset.js';
import { deleteTableRequest, replaceTableRequests, request } from './replace-table.js';
import type { NftChain, NftTableSpec } from './rule.js';

const NETLINK_NETFILTER = 12;
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const RECEIVE_BUFFER_BYTES = 1024 * 1024;
/** A batch is one message: the kernel takes it as a whole or not at all. Cut down to net.core.wmem_max without privileges on the machine. */
const SEND_BUFFER_BYTES = 1024 * 1024;

const writer = new MessageWriter();
const nothing = () => undefined;

/**
 * A socket of nfnetlink for nf_tables. Like an RtnetlinkSocket it belongs to the namespace it was opened in for ever. All is
 * synchronous: a question takes some 15 µs, replacing a table of a dozen rules some hundred.
 */
export class NftablesSocket {
  readonly fd: number;
  readonly #exchange: Exchange;
  #closed = false;

  private constructor(fd: number) {
    this.fd = fd;
    this.#exchange = new Exchange(fd);
  }

  /**
   * Opens a socket in a namespace; without one, in the calling thread's own.
   * @throws NetlinkError EPROTONOSUPPORT on a kernel without nfnetlink.
   */
  static open(namespace?: NamespaceHandle): NftablesSocket {
    return new NftablesSocket(namespace === undefined ? openSocket() : inNamespace(namespace, openSocket));
  }

  /** A number that every change of any table of the namespace raises. */
  generation(): number {
    this.#assertOpen();
    const found = this.#exchange.get(question('NFT_MSG_GETGEN', nft.NFT_MSG_GETGEN, decodeGeneration));
    return found ?? 0;
  }

  /** All chains of all tables, with their rules in order. */
  chains(): NftChain[] {
    this.#assertOpen();
    const chains = this.#exchange.dump(question<ChainMessage>('NFT_MSG_GETCHAIN', nft.NFT_MSG_GETCHAIN, decodeChain));
    if (chains.length === 0) return [];
    const rules = this.#exchange.dump(question<RuleMessage>('NFT_MSG_GETRULE', nft.NFT_MSG_GETRULE, decodeRule));
    return chains.map((chain) => ({
      ...chain,
      rules: rules
        .filter((rule) => rule.chain === chain.name && rule.table === chain.table && rule.family === chain.family)
        .map(({ found }) => found),
    }));
  }

  /**
   * Puts a table in the place of the one of its name, all of it or nothing. Without chains there is none afterwards.
   * A refusal names the rule, in the words of its chain's `names`: `nf_tables: rule 3 of forward`.
   */
  replaceTable(table: NftTableSpec): Answer {
    return this.#transaction(replaceTableRequests(table));
  }

  /** Removes a table. NetlinkError ENOENT when it is not there. */
  deleteTable(family: string, name: string): Answer {
    return this.#transaction([deleteTableRequest(family, name)]);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    libc.close(this.fd);
  }

  #transaction(requests: readonly Request[]): Answer {
    this.#assertOpen();
    const bounds = (type: number) => request('batch', type, 0, nft.NFPROTO_UNSPEC, nothing, nft.BATCH_SUBSYSTEM);
    const all = [bounds(nft.NFNL_MSG_BATCH_BEGIN), ...requests];
    writer.clear();
    let last = 0;
    let first = 0;
    for (const one of all) {
      const sequence = this.#exchange.nextSequence();
      if (last === 0 && first === 0) first = sequence;
      last = write(one, sequence);
    }
    // The end of a batch is answered by newer kernels only; the last request in it by all.
    writer.addFlags(last, NLM_F_ACK);
    write(bounds(nft.NFNL_MSG_BATCH_END), this.#exchange.nextSequence());
    const sheet = new AnswerSheet(all, first);
    this.#exchange.expect(sheet);
    if (libc.send(this.fd, writer.bytes, writer.length, MSG_NOSIGNAL) < 0) {
      this.#exchange.forget(sheet);
      const label = requests.at(-1)?.label ?? 'nf_tables';
      return { ok: false, error: new NetlinkError({ errno: lastErrno(), syscall: label }) };
    }
    this.#exchange.collect(sheet);
    // One refusal, and nothing was done.
    return sheet.answers().find((answer) => !answer.ok) ?? { ok: true };
  }

  #assertOpen(): void {
    if (this.#closed) {
      throw new NetlinkError({ errno: EBADF, syscall: 'nfnetlink', kernelMessage: 'the socket is closed' });
    }
  }
}

function write(one: Request, sequence: number): number {
  writer.begin(one.type, NLM_F_REQUEST | one.flags, sequence);
  one.encode(writer);
  return writer.end();
}

function question<T>(
  label: string,
  type: number,
  decode: (frame: import('../rtnetlink/codec/frame.js').Frame, start: number, end: number) => T | null,
) {
  const { encode } = request(label, type, 0, nft.NFPROTO_UNSPEC, nothing);
  return { label, type, encode, decode };
}

function openSocket(): number {
  const fd = check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_NETFILTER), 'socket', 'NETLINK_NETFILTER');
  try {
    setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
    trySetIntegerOption(fd, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER_BYTES);
    setIntegerOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1, 'NETLINK_EXT_ACK');
    setIntegerOption(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1, 'NETLINK_CAP_ACK');
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}
