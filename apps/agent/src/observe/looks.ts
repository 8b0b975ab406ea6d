import type { ObservedNamespace } from '@vethlab/observed';
import type { ReadList } from './read-list.js';

/** Fresh looks, and the interfaces elsewhere whose other end may be another one after them. */
export class Looks {
  /** Null: gone. */
  readonly namespaces = new Map<string, ObservedNamespace | null>();
  readonly partners = new Map<string, Set<string>>();

  /** `stale`: what else has to be read, because of what was seen. */
  constructor(readonly stale: ReadList) {}
}
