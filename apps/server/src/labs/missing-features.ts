import type { KernelFeature } from '@vethlab/observed';
import { missingInNode } from '@vethlab/planner';
import { type Diagnostic, madeFrom, nodeEntries, nodeOf, type Topology } from '@vethlab/topology';

/** What of a document has to be left out on this machine, kept from edit to edit: an edit costs the nodes that it touched. */
export class MissingFeatures {
  #features: readonly KernelFeature[] = [];
  #topology: Topology;
  #byNode = new Map<string, readonly Diagnostic[]>();

  constructor(topology: Topology) {
    this.#topology = topology;
  }

  set features(features: readonly KernelFeature[]) {
    this.#features = features;
    this.#lookAtAll();
  }

  get diagnostics(): readonly Diagnostic[] {
    return [...this.#byNode.values()].flat();
  }

  /** The document has become another one. */
  follow(topology: Topology): void {
    const origin = madeFrom(topology);
    const changed = origin?.base === this.#topology ? origin.changed : null;
    this.#topology = topology;
    if (this.#features.length === 0) return;
    if (changed === null) this.#lookAtAll();
    else for (const name of changed) this.#lookAt(name);
  }

  #lookAtAll(): void {
    this.#byNode.clear();
    for (const [name] of nodeEntries(this.#topology)) this.#lookAt(name);
  }

  #lookAt(name: string): void {
    const node = nodeOf(this.#topology, name);
    const found = node === null ? [] : missingInNode(name, node, this.#features);
    if (found.length === 0) this.#byNode.delete(name);
    else this.#byNode.set(name, found);
  }
}
