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
    if (JSON.stringify(wishes) === JSON.stringify(this.#wishes)) return;
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
    const place = this.#options.namespaces.get(to.namespace);
    const inner = place === undefined ? null : await this.#reach(place, to.port);
    if (inner === null) visitor.resetAndDestroy();
    else join(visitor, inner);
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
