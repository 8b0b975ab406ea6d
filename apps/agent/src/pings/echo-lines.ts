import { type EchoEvent, EchoSocket, NetlinkError, type Poller, roundTripMs, type SendTime } from '@vethlab/netlink';
import type { PingOutcome } from '@vethlab/protocol';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';
import { outcomeOfIcmpError, outcomeOfSendError } from './outcome.js';

/** One echo request on its way. */
export interface Echo {
  readonly destination: string;
  /** The VRF of the node to send it in; absent: by the main table. */
  readonly vrf?: string;
  readonly identifier: number;
  readonly sequence: number;
  readonly onOutcome: (outcome: PingOutcome) => void;
}

interface Line {
  readonly socket: EchoSocket;
  readonly namespace: LabNamespace;
  readonly waiting: Map<number, { readonly echo: Echo; readonly sentAt: SendTime }>;
}

/**
 * Identifiers of our echo requests. ping(8) takes its process number, and processes of a sandbox count from 1: the kernel
 * drops what is outside of this range before it reaches us.
 */
const identifiers = { first: 0xc000, last: 0xffff };

/**
 * The raw ICMP sockets of the lab, one per namespace, VRF and family, opened when first needed. Answers are given to whoever asked.
 * An identifier is unique in the lab, so that two askers in one namespace never take each other's answers.
 */
export class EchoLines {
  readonly #namespaces: LabNamespaces;
  readonly #poller: Poller;
  readonly #lines = new Map<string, Line>();
  #nextIdentifier = identifiers.first;

  constructor(namespaces: LabNamespaces, poller: Poller) {
    this.#namespaces = namespaces;
    this.#poller = poller;
  }

  /** A fresh identifier. They come round, long after their echoes are answered or given up. */
  identifier(): number {
    const identifier = this.#nextIdentifier;
    this.#nextIdentifier = identifier === identifiers.last ? identifiers.first : identifier + 1;
    return identifier;
  }

  /** Sends at once. An outcome known at once (no route) is reported before this returns. */
  send(from: string, echo: Echo): void {
    const namespace = this.#namespaces.get(from);
    if (namespace === undefined) {
      echo.onOutcome({ kind: 'error', message: `${from} is not in the kernel.` });
      return;
    }
    try {
      const line = this.#lineOf(namespace, echo);
      const sent = line.socket.send(echo);
      if (sent.ok) {
        line.waiting.set(keyOf(echo), { echo, sentAt: sent.sentAt });
        return;
      }
      // A socket is bound to a VRF by number: when the VRF was made again, so must be the socket.
      if (echo.vrf !== undefined) this.#close(lineName(namespace.inode, echo), line);
      echo.onOutcome(outcomeOfSendError(sent.error));
    } catch (error) {
      if (!(error instanceof NetlinkError) || echo.vrf === undefined) throw error;
      echo.onOutcome({ kind: 'error', message: `There is no VRF ${echo.vrf} in ${from}.` });
    }
  }

  /** Nobody waits for this one any more. */
  giveUp(from: string, echo: Echo): void {
    const namespace = this.#namespaces.get(from);
    if (namespace === undefined) return;
    this.#lines.get(lineName(namespace.inode, echo))?.waiting.delete(keyOf(echo));
  }

  /** Closes the sockets of namespaces that are gone: an open socket would keep the namespace alive. */
  closeGone(): void {
    for (const [name, line] of this.#lines) {
      if (this.#namespaces.get(line.namespace.name) === line.namespace) continue;
      this.#close(name, line);
    }
  }

  /** Closes the sockets of one namespace, before it is removed. */
  closeNamespace(name: string): void {
    for (const [key, line] of this.#lines) if (line.namespace.name === name) this.#close(key, line);
  }

  #close(key: string, line: Line): void {
    this.#poller.remove(line.socket.fd);
    line.socket.close();
    this.#lines.delete(key);
  }

  #lineOf(namespace: LabNamespace, echo: Echo): Line {
    const name = lineName(namespace.inode, echo);
    const known = this.#lines.get(name);
    if (known !== undefined) return known;
    const socket = EchoSocket.open(namespace.handle, familyOf(echo), identifiers, echo.vrf);
    const line: Line = { socket, namespace, waiting: new Map() };
    this.#lines.set(name, line);
    this.#poller.add(socket.fd, () => {
      for (const event of socket.receive()) this.#received(line, event);
    });
    return line;
  }

  #received(line: Line, event: EchoEvent): void {
    const key = keyOf(event);
    const waiting = line.waiting.get(key);
    if (waiting === undefined) return;
    line.waiting.delete(key);
    const { echo, sentAt } = waiting;
    if (event.kind === 'reply') echo.onOutcome({ kind: 'reply', rttMs: roundTripMs(sentAt, event.receivedAt) });
    else echo.onOutcome(outcomeOfIcmpError(event));
  }
}

function lineName(inode: number, echo: Echo): string {
  return `${inode}/${familyOf(echo)}/${echo.vrf ?? ''}`;
}

function familyOf({ destination }: Echo): 4 | 6 {
  return destination.includes(':') ? 6 : 4;
}

function keyOf({ identifier, sequence }: { identifier: number; sequence: number }): number {
  return identifier * 0x10000 + sequence;
}
