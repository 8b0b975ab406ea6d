import { type FeatureName, type KernelFeature, type Lack, missingFeatures } from '@vethlab/observed';
import { asksForFeatures } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { probeFeatures } from './probe-features.js';

/**
 * What the kernel and the machine can do, asked once, and not before somebody needs to know: a lab that asks for nothing special is applied
 * without waiting for it.
 */
export class Features {
  readonly #tell: (features: readonly KernelFeature[]) => void;
  #wayOutLack: Lack | null;
  #known: { readonly list: readonly KernelFeature[]; readonly missing: ReadonlySet<FeatureName> } | null = null;

  /** `wayOutLack`: why no node can have a way out, as far as that is known already; null: each can. */
  constructor(tell: (features: readonly KernelFeature[]) => void, wayOutLack: Lack | null) {
    this.#tell = tell;
    this.#wayOutLack = wayOutLack;
  }

  /** A sandbox cannot see what is outside: whoever started it says so, before there is a lab. */
  noteWayOut(lack: Lack | null): void {
    this.#wayOutLack = lack;
  }

  /** What a plan for this document has to do without; nothing is asked of the kernel for a document that does not depend on it. */
  missingFor(topology: Topology): ReadonlySet<FeatureName> | undefined {
    if (this.#known === null && !asksForFeatures(topology)) return undefined;
    return this.#read().missing;
  }

  /** Asks if that has not been done; whoever listens is told. */
  find(): void {
    this.#read();
  }

  /** To a listener that has come anew. */
  tellAgain(): void {
    if (this.#known !== null) this.#tell(this.#known.list);
  }

  #read() {
    if (this.#known === null) {
      const lack = this.#wayOutLack;
      const wayOut = {
        name: 'way-out',
        available: lack === null,
        ...(lack ?? { reason: null, remedy: null }),
      } as const;
      const list = [...probeFeatures(), wayOut];
      this.#known = { list, missing: missingFeatures(list) };
      this.#tell(list);
    }
    return this.#known;
  }
}
