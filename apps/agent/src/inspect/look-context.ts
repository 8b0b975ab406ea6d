import type { LinkMessage } from '@vethlab/netlink';
import type { LabNamespace } from '../kernel/namespaces.js';
import { short } from './bounded.js';

/** What the sections of one reading share: interfaces are asked for once, however many sections need their names. */
export class LookContext {
  readonly namespace: LabNamespace;
  #links: readonly LinkMessage[] | null = null;
  #names: ReadonlyMap<number, string> | null = null;

  constructor(namespace: LabNamespace) {
    this.namespace = namespace;
  }

  /** All interfaces, in the order of their indexes. */
  get links(): readonly LinkMessage[] {
    this.#links ??= this.namespace.socket.links().sort((a, b) => a.ifindex - b.ifindex);
    return this.#links;
  }

  /** `if7` for an interface that is not there any more, as iproute2 writes it. */
  nameOf(ifindex: number): string {
    this.#names ??= new Map(this.links.map((link) => [link.ifindex, short(link.ifname)]));
    return this.#names.get(ifindex) ?? `if${ifindex}`;
  }
}
