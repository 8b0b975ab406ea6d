import type { Topology, TopologyDiff } from '@vethlab/topology';
import { historyMax } from '../limits.js';

export interface Past {
  /** The revision that `diff` led to. */
  readonly revision: number;
  readonly before: Topology;
  readonly diff: TopologyDiff;
  /** The client that made it; null for REST and files. */
  readonly author: string | null;
}

/**
 * The last changes of a document. Old documents share what did not change with the new ones, so keeping them is cheap;
 * with them, "invalid" and "stale" can be told apart exactly.
 */
export class DocumentHistory {
  readonly #past: Past[] = [];

  push(past: Past): void {
    this.#past.push(past);
    if (this.#past.length > historyMax) this.#past.shift();
  }

  /** What changed after `revision`, oldest first; null when that is longer ago than is kept. */
  since(revision: number): readonly Past[] | null {
    const first = this.#past[0];
    if (first === undefined || revision < first.revision - 1) return null;
    return this.#past.filter((past) => past.revision > revision);
  }

  /** What led to `revision`; null when that is longer ago than is kept. */
  diffTo(revision: number): TopologyDiff | null {
    return this.#past.find((past) => past.revision === revision)?.diff ?? null;
  }

  /** The document as it was at `revision`; null when it is the newest one or longer ago than is kept. */
  documentAt(revision: number): Topology | null {
    return this.#past.find((past) => past.revision === revision + 1)?.before ?? null;
  }
}
