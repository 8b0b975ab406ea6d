import { Socket } from 'node:net';
import { connectIn, NetlinkError } from '@vethlab/netlink';
import type { ObservedPort } from '@vethlab/observed';
import type { OutsideNews, OutsideOrder, PublishProblem, PublishWish } from '@vethlab/protocol';
import { type Node, type NodeName, nodeOf, type Topology } from '@vethlab/topology';
import type { LabNamespace, LabNamespaces } from '../kernel/namespaces.js';

/** Where programs listen that were told no address, or only their own machine. */
const loopbacks = ['127.0.0.1', '::1'];

/** All of these addresses are in the namespace itself: who is there answers at once, or has too much to do. */
const timeoutSeconds = 5;

/** At a time: each takes a thread of the pool, which has four, and waits on it where a firewall drops what comes. */
const mostConnecting = 2;

/** Visitors who wait for their turn; more come only where nobody answers. */
const mostWaiting = 128;

/** A node's own addresses that are tried after the loopbacks. */
const mostAddresses = 4;

interface PublisherOptions {
  readonly send: (order: OutsideOrder) => void;
  readonly namespaces: LabNamespaces;
  /** A port came, went, or cannot be: the namespaces it is told at. */
  readonly onChange: (namespaces: ReadonlySet<string>) => void;
}

/** The published ports of a lab. They are opened outside of the sandbox; a connection that comes is continued inside of its node's namespace. */
export class Publisher {
  readonly #options: PublisherOptions;
  #topology: Topology | null = null;
  #wishes: readonly PublishWish[] = [];
  /** Namespaces whose ports were told last. */
  #told: ReadonlySet<string> = new Set();
  /** What is known from outside; null: not answered yet. */
  #problems: readonly PublishProblem[] | null = [];
  #connecting = 0;
  /** Visitors whose turn comes when another's connection is made. */
  readonly #waiting: (() => void)[] = [];

  constructor(options: PublisherOptions) {
    this.#options = options;
  }

  /** What these nodes want published, as far as their namespaces are there. */
  follow(topology: Topology | null, outward: readonly (readonly [NodeName, Node])[]): void {
    this.#topology = topology;
    const { namespaces, send } = this.#options;
    const wishes = outward.flatMap(([namespace, { publish }]) =>
      publish === undefined || namespaces.get(namespace) === undefined
        ? []
        : publish.map(({ port, at }) => ({ namespace, port, at })),
    );
    // One that could not be had is asked for again: whoever had it may be gone.
    const failed = (this.#problems ?? []).length > 0;
    if (!failed && JSON.stringify(wishes) === JSON.stringify(this.#wishes)) return;
    this.#wishes = wishes;
    this.#problems = null;
    send({ type: 'publish', ports: wishes });
  }

  /** How the ports of a namespace are; undefined when it has none. */
  of(namespace: string): readonly ObservedPort[] | undefined {
    if (this.#problems === null) return undefined;
    const ports = this.#wishes.filter((wish) => wish.namespace === namespace);
    if (ports.length === 0) return undefined;
    return ports.map(({ port, at }) => {
      const problem = this.#problems?.find((one) => one.at === at)?.problem ?? null;
      return { port, at, problem };
    });
  }

  /** Which could not be opened. */
  take({ problems }: Extract<OutsideNews, { readonly type: 'published' }>): void {
    this.#problems = problems;
    const now = new Set<string>(this.#wishes.map(({ namespace }) => namespace));
    const changed = new Set([...this.#told, ...now]);
    this.#told = now;
    this.#options.onChange(changed);
  }

  /** Somebody is there: connects him to the program that listens in the node, wherever it listens. */
  async connect(to: { readonly namespace: string; readonly port: number }, visitor: Socket): Promise<void> {
    // He may go at any moment, and may have said all he has to say while he waits for the answer.
    visitor.on('error', () => visitor.destroy());
    visitor.allowHalfOpen = true;
    const inner = this.#waiting.length < mostWaiting ? await this.#inTurn(to, visitor) : null;
    if (inner === null || visitor.destroyed) {
      inner?.destroy();
      visitor.resetAndDestroy();
    } else join(visitor, inner);
  }

  async #inTurn(to: { readonly namespace: string; readonly port: number }, visitor: Socket): Promise<Socket | null> {
    if (this.#connecting >= mostConnecting) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#connecting += 1;
    try {
      const place = this.#options.namespaces.get(to.namespace);
      return place === undefined || visitor.destroyed ? null : await this.#reach(place, to.port);
    } finally {
      this.#connecting -= 1;
      this.#waiting.shift()?.();
    }
  }

  /** Null: nobody listens. */
  async #reach({ name, handle }: LabNamespace, port: number): Promise<Socket | null> {
    for (const address of [...loopbacks, ...this.#addressesOf(name)]) {
      try {
        return new Socket({ fd: await connectIn(handle, { address, port, timeoutSeconds }), allowHalfOpen: true });
      } catch (error) {
        if (!(error instanceof NetlinkError)) throw error;
      }
    }
    return null;
  }

  #addressesOf(name: string): string[] {
    const node = this.#topology === null ? null : nodeOf(this.#topology, name);
    return Object.values(node?.interfaces ?? {})
      .flatMap(({ addresses }) => addresses.map((address) => address.slice(0, address.indexOf('/'))))
      .slice(0, mostAddresses);
  }
}

/** Passes on what both say, until both have ended; an error of one ends the other. */
function join(visitor: Socket, inner: Socket): void {
  for (const [one, other] of [
    [visitor, inner],
    [inner, visitor],
  ] as const) {
    one.pipe(other);
    one.once('error', () => other.resetAndDestroy());
    one.once('close', () => other.destroySoon());
  }
}
