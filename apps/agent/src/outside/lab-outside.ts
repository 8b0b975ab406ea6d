import type { Socket } from 'node:net';
import type { ObservedPort, ObservedWayOut } from '@vethlab/observed';
import type { ApplyReport, OutsideNews, OutsideOrder } from '@vethlab/protocol';
import type { Topology, TopologyDiff } from '@vethlab/topology';
import type { LabNamespaces } from '../kernel/namespaces.js';
import { type NameServers, nameServersOf } from './name-servers.js';
import type { OutsideView } from './outside-view.js';
import { OutwardNodes } from './outward-nodes.js';
import { Publisher } from './publisher.js';
import { WayOutRetries } from './way-out-retries.js';
import { WaysOut } from './ways-out.js';

export interface LabOutsideOptions {
  readonly namespaces: LabNamespaces;
  readonly nameServers: NameServers;
  /** Asks whoever can: see `Runtime.outside`. */
  readonly reach: (order: OutsideOrder) => void;
  /** What is known of these namespaces has changed: look again. */
  readonly onChange: (namespaces: ReadonlySet<string>) => void;
  /** The way out of this namespace ended by itself. Resolves when that was seen. */
  readonly onLost: (namespace: string, reason: string) => Promise<void>;
  /** Opens it again; null: it is to have none. */
  readonly reopen: (namespace: string) => Promise<ApplyReport | null>;
  /** What became of an opening that nobody asked for. */
  readonly onReopened: (report: ApplyReport) => void;
  readonly complain: (what: string) => void;
}

/** All that a lab has to do with the world outside of it: ways out, published ports, and who answers names. */
export class LabOutside implements OutsideView {
  readonly waysOut: WaysOut;
  readonly #options: LabOutsideOptions;
  readonly #publisher: Publisher;
  readonly #retries: WayOutRetries;
  readonly #outward = new OutwardNodes();

  constructor(options: LabOutsideOptions) {
    const { reach, namespaces, onChange, reopen, onReopened, complain } = options;
    this.#options = options;
    this.waysOut = new WaysOut(reach, (inode, reason) => void this.#lost(inode, reason));
    this.#retries = new WayOutRetries({
      namespaces,
      isOpen: (inode) => this.waysOut.of(inode) !== undefined,
      reopen,
      tell: onReopened,
      complain,
    });
    this.#publisher = new Publisher({ send: reach, namespaces, onChange });
  }

  wayOut(inode: number): ObservedWayOut | undefined {
    return this.waysOut.of(inode);
  }

  published(namespace: string): readonly ObservedPort[] | undefined {
    return this.#publisher.of(namespace);
  }

  /** After an apply. `diff`: what was applied; null: not known, look at all. */
  follow(topology: Topology | null, diff: TopologyDiff | null): void {
    if (!this.#outward.follow(topology, diff)) return;
    const outward = this.#outward.of(topology);
    this.#publisher.follow(topology, outward);
    this.#options.nameServers.set(nameServersOf(outward), () => Object.keys(topology?.nodes ?? {}));
  }

  /** What an apply could not open is tried again, for as long as the document wants it. */
  afterApply(report: ApplyReport): void {
    this.#retries.afterApply(report);
  }

  /** A namespace is about to go. */
  beforeRemoval(name: string): void {
    const namespace = this.#options.namespaces.get(name);
    if (namespace !== undefined) this.waysOut.letGo(namespace.inode);
  }

  /** What is said from outside while there is a lab; a visitor of a published port comes with his connection. */
  async take(news: Exclude<OutsideNews, { readonly type: 'way-out-lack' }>, connection?: Socket): Promise<void> {
    if (news.type === 'published') this.#publisher.take(news);
    else if (news.type !== 'published-connection') this.waysOut.take(news);
    else if (connection !== undefined) await this.#publisher.connect(news, connection);
  }

  /** Told, seen, and opened again, wherever its name has gone meanwhile. */
  async #lost(inode: number, reason: string): Promise<void> {
    const { namespaces, onLost, complain } = this.#options;
    try {
      const name = namespaces.nameOf(inode);
      if (name === undefined) return;
      await onLost(name, reason);
      await this.#retries.afterEnd(inode);
    } catch (error) {
      complain(`Looking after a way out failed: ${String(error)}`);
    }
  }
}
