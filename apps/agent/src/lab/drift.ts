import type { Observed } from '@vethlab/observed';
import { driftOf } from '@vethlab/planner';
import type { DriftItem } from '@vethlab/protocol';
import type { Topology } from '@vethlab/topology';

/** Where the kernel differs from the document without an edit, kept per namespace so that one change costs one look. */
export class Drift {
  readonly #byNamespace = new Map<string, readonly DriftItem[]>();
  readonly #onDrift: (items: readonly DriftItem[]) => void;
  #told = '[]';

  constructor(onDrift: (items: readonly DriftItem[]) => void) {
    this.#onDrift = onDrift;
  }

  /** Works out again what differs in these namespaces, and tells when the whole has changed. */
  update(topology: Topology, observed: Observed, namespaces: ReadonlySet<string>): void {
    for (const name of namespaces) this.#byNamespace.delete(name);
    for (const item of driftOf({ topology, observed, scope: namespaces })) {
      const items = this.#byNamespace.get(item.namespace);
      this.#byNamespace.set(item.namespace, items === undefined ? [item] : [...items, item]);
    }
    const items = [...this.#byNamespace.values()].flat();
    const text = JSON.stringify(items.map(({ repair }) => repair.id));
    if (text === this.#told) return;
    this.#told = text;
    this.#onDrift(items);
  }
}
