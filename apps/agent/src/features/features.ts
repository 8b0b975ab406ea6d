import { type FeatureName, type KernelFeature, missingFeatures } from '@vethlab/observed';
import { asksForFeatures } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { probeFeatures } from './probe-features.js';

/**
 * What the kernel can do, asked once, and not before somebody needs to know: a lab that asks for nothing special is applied
 * without waiting for it.
 */
export class Features {
  readonly #tell: (features: readonly KernelFeature[]) => void;
  #known: { readonly list: readonly KernelFeature[]; readonly missing: ReadonlySet<FeatureName> } | null = null;

  constructor(tell: (features: readonly KernelFeature[]) => void) {
    this.#tell = tell;
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
      const list = probeFeatures();
      this.#known = { list, missing: missingFeatures(list) };
      this.#tell(list);
    }
    return this.#known;
  }
}
