import type {
  ObservedBeyond,
  ObservedInterface,
  ObservedNamespace,
  ObservedRoute,
  ObservedTable,
} from '@vethlab/observed';
import type { ReadList } from './read-list.js';

/** A fresh look at a namespace, or at some of it. */
export interface NamespaceLook {
  readonly inode: number;
  readonly forwarding: ObservedNamespace['forwarding'];
  /** By name; null: gone. Interfaces of other names are as they were. Peers are still to be found. */
  readonly interfaces: ReadonlyMap<string, ObservedInterface | null>;
  /** The very same list as before, when nothing was seen to have changed. */
  readonly routes: readonly ObservedRoute[];
  readonly wayOut: ObservedNamespace['wayOut'] | undefined;
  readonly published: ObservedNamespace['published'] | undefined;
  /** The very same list as before, when nothing has changed. */
  readonly tables: readonly ObservedTable[];
  readonly beyond: readonly ObservedBeyond[];
}

/** Fresh looks, and the interfaces elsewhere whose other end may be another one after them. */
export class Looks {
  /** Null: gone. */
  readonly namespaces = new Map<string, NamespaceLook | null>();
  readonly partners = new Map<string, Set<string>>();

  /** `stale`: what else has to be read, because of what was seen. */
  constructor(readonly stale: ReadList) {}
}
