import { ROOT_NAMESPACE } from '@vethlab/observed';
import type { Extent, Scope } from '@vethlab/planner';
import type { ReadList } from '../observe/read-list.js';

/** What was looked at, collected. The root namespace is no node's. */
export class SeenScope {
  readonly #extents = new Map<string, Set<string> | 'all'>();

  get scope(): Scope {
    return this.#extents;
  }

  add(scope: Scope): void {
    for (const [name, extent] of scope) this.#note(name, extent);
  }

  /** Call it before and after the reading: an interface that goes has a name only before, one that comes only after. */
  addRead(list: ReadList, nameOf: (namespace: string, ifindex: number) => string | null): void {
    for (const [name, extent] of list) {
      if (name === ROOT_NAMESPACE) continue;
      if (extent === 'all') this.#note(name, extent);
      else
        this.#note(
          name,
          new Set([...extent.ifindexes].map((ifindex) => nameOf(name, ifindex)).filter((one) => one !== null)),
        );
    }
  }

  #note(name: string, extent: Extent): void {
    const known = this.#extents.get(name);
    if (known === 'all') return;
    if (extent === 'all') this.#extents.set(name, extent);
    else this.#extents.set(name, new Set([...(known ?? []), ...extent]));
  }
}
