import { NetlinkError } from '../errors/netlink-error.js';
import { libc } from '../libc/calls.js';
import { check } from '../libc/check.js';
import { AF_NETLINK, EBADF, SOCK_CLOEXEC, SOCK_RAW } from '../libc/constants.js';
import { setIntegerOption, setReceiveBuffer, trySetIntegerOption } from '../libc/sockets.js';
import { inNamespace } from '../namespaces/enter.js';
import type { NamespaceHandle } from '../namespaces/handle.js';
import { sendInBackground, sendNow } from './batch.js';
import type { AddressMessage } from './codec/address.js';
import type { FdbMessage } from './codec/fdb.js';
import type { LinkMessage } from './codec/link.js';
import { MessageWriter } from './codec/message-writer.js';
import type { NeighbourMessage } from './codec/neighbour.js';
import type { PortVlansMessage } from './codec/port-vlans.js';
import type { QdiscMessage } from './codec/qdisc.js';
import type { RouteMessage } from './codec/route.js';
import type { RuleMessage } from './codec/rule.js';
import { Exchange } from './exchange.js';
import { type AddressQuery, addresses } from './queries/addresses.js';
import { counters, type InterfaceCounters } from './queries/counters.js';
import { type FdbQuery, fdb } from './queries/fdb.js';
import { type LinkQuery, links } from './queries/links.js';
import { type NeighbourQuery, neighbours } from './queries/neighbours.js';
import { type ForwardingSettings, netconf } from './queries/netconf.js';
import { nsidOf, nsids } from './queries/nsids.js';
import { portVlans } from './queries/port-vlans.js';
import { type QdiscQuery, qdiscs } from './queries/qdiscs.js';
import { type RouteQuery, routes } from './queries/routes.js';
import { type RuleQuery, rules } from './queries/rules.js';
import type { Answer, Request } from './request.js';
import { newNsid } from './requests/nsid.js';

const NETLINK_ROUTE = 0;
const SOL_NETLINK = 270;
const NETLINK_CAP_ACK = 10;
const NETLINK_EXT_ACK = 11;
const NETLINK_GET_STRICT_CHK = 12;
/** Room for the refusals of a whole batch and a dump's next part. A limit, not memory taken. */
const RECEIVE_BUFFER_BYTES = 1024 * 1024;

const writer = new MessageWriter();

/**
 * An rtnetlink(7) socket. It belongs to the namespace it was opened in for ever: open one per namespace once, and no later
 * call has to enter the namespace. Costs a descriptor and no buffers of its own.
 *
 * Reads are synchronous single operations: about 0.03 ms for a small namespace, some milliseconds for a thousand interfaces.
 * `batch` runs on a thread of libuv's pool.
 */
export class RtnetlinkSocket {
  readonly fd: number;
  readonly #exchange: Exchange;
  #tail: Promise<unknown> = Promise.resolve();
  #underWay = 0;
  #closed = false;

  private constructor(fd: number) {
    this.fd = fd;
    this.#exchange = new Exchange(fd);
  }

  /** Opens a socket in a namespace; without one, in the calling thread's own. */
  static open(namespace?: NamespaceHandle): RtnetlinkSocket {
    const fd = namespace === undefined ? openSocket() : inNamespace(namespace, openSocket);
    return new RtnetlinkSocket(fd);
  }

  /**
   * Carries out requests in order, many in one system call, on a pool thread. A refused request does not stop the next ones.
   * Batches on one socket run one after the other.
   * @returns one answer per request, in order.
   */
  batch(requests: readonly Request[]): Promise<readonly Answer[]> {
    if (this.#closed) return Promise.reject(closedError());
    this.#underWay++;
    const result = this.#tail.then(() => sendInBackground(this.#exchange, requests));
    // A failed batch fails for its caller only; the next one still runs.
    this.#tail = result.then(ignore, ignore).then(() => this.#endBatch());
    return result;
  }

  /** The same on this thread, before it returns; does not wait for batches that are under way. */
  batchSync(requests: readonly Request[]): readonly Answer[] {
    this.#assertOpen();
    return sendNow(this.#exchange, requests, writer);
  }

  /** Interfaces: all, or the one asked for (an empty list when there is none). */
  links(query: LinkQuery = {}): LinkMessage[] {
    this.#assertOpen();
    return links(this.#exchange, query);
  }

  addresses(query: AddressQuery = {}): AddressMessage[] {
    this.#assertOpen();
    return addresses(this.#exchange, query);
  }

  /** Routes of all tables unless one is asked for; the kernel's own (`local`, `broadcast`, multicast) among them. */
  routes(query: RouteQuery = {}): RouteMessage[] {
    this.#assertOpen();
    return routes(this.#exchange, query);
  }

  neighbours(query: NeighbourQuery = {}): NeighbourMessage[] {
    this.#assertOpen();
    return neighbours(this.#exchange, query);
  }

  /** Rules of policy routing, in the order in which they are asked. */
  rules(query: RuleQuery = {}): RuleMessage[] {
    this.#assertOpen();
    return rules(this.#exchange, query);
  }

  /** VLANs of the ports of bridges. */
  portVlans(): PortVlansMessage[] {
    this.#assertOpen();
    return portVlans(this.#exchange);
  }

  /** Queueing disciplines: what happens to packets that leave. */
  qdiscs(query: QdiscQuery = {}): QdiscMessage[] {
    this.#assertOpen();
    return qdiscs(this.#exchange, query);
  }

  /** Forwarding tables of all bridges, and the interfaces' own lists (`bridge fdb`). */
  fdb(query: FdbQuery = {}): FdbMessage[] {
    this.#assertOpen();
    return fdb(this.#exchange, query);
  }

  /** Whether the namespace forwards (`conf.all.forwarding`), without entering it. */
  netconf(): ForwardingSettings {
    this.#assertOpen();
    return netconf(this.#exchange);
  }

  /** The number by which this socket's namespace knows another one; null when it has given none. */
  nsidOf(namespaceFd: number): number | null {
    this.#assertOpen();
    return nsidOf(this.#exchange, namespaceFd);
  }

  /** All numbers given by this socket's namespace. */
  nsids(): number[] {
    this.#assertOpen();
    return nsids(this.#exchange);
  }

  /** Gives another namespace a number; null: one that is free. NetlinkError EEXIST when it has one or the number is taken. */
  setNsid(namespaceFd: number, nsid: number | null): void {
    for (const answer of this.batchSync([newNsid({ namespaceFd, nsid })])) if (!answer.ok) throw answer.error;
  }

  /** Totals of every interface, by the cheapest way the kernel has. */
  counters(): InterfaceCounters[] {
    this.#assertOpen();
    return counters(this.#exchange);
  }

  /** Closes the socket, once batches under way have ended. Closing twice does nothing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#underWay === 0) libc.close(this.fd);
  }

  #endBatch(): void {
    this.#underWay--;
    if (this.#closed && this.#underWay === 0) libc.close(this.fd);
  }

  #assertOpen(): void {
    if (this.#closed) throw closedError();
  }
}

function openSocket(): number {
  const fd = check(libc.socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), 'socket', 'NETLINK_ROUTE');
  try {
    setReceiveBuffer(fd, RECEIVE_BUFFER_BYTES);
    setIntegerOption(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1, 'NETLINK_EXT_ACK');
    setIntegerOption(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1, 'NETLINK_CAP_ACK');
    // Since Linux 4.20. Without it dumps are not filtered by the kernel, so the queries filter again themselves.
    trySetIntegerOption(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1);
    return fd;
  } catch (error) {
    libc.close(fd);
    throw error;
  }
}

function closedError(): NetlinkError {
  return new NetlinkError({ errno: EBADF, syscall: 'rtnetlink', kernelMessage: 'the socket is closed' });
}

function ignore(): void {
  // The caller of `batch` holds the promise that tells the outcome.
}
