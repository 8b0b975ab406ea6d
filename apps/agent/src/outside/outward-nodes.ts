import {
  isOutward,
  type Node,
  type NodeName,
  nodeEntries,
  nodeOf,
  type Topology,
  type TopologyDiff,
} from '@vethlab/topology';

/** The nodes that have to do with the world outside: few or none in most labs. Kept up with edits, so that an edit of a large lab costs what it touches. */
export class OutwardNodes {
  #names: ReadonlySet<NodeName> = new Set();

  /**
   * `diff`: how the document came to be from the one before; null: not known.
   * @returns whether nodes came, went, or changed what they say of the outside
   */
  follow(topology: Topology | null, diff: TopologyDiff | null): boolean {
    if (topology === null || diff === null) {
      this.#names = new Set(
        topology === null ? [] : nodeEntries(topology).flatMap(([name, node]) => (isOutward(node) ? [name] : [])),
      );
      return true;
    }
    const touched = new Set<NodeName>();
    for (const rename of diff.renames) if (rename.object === 'node') touched.add(rename.from).add(rename.to);
    for (const change of diff.changes) if (change.record === 'node') touched.add(change.node);
    if (touched.size === 0) return false;
    const names = new Set(this.#names);
    for (const name of touched) {
      if (isOutward(nodeOf(topology, name))) names.add(name);
      else names.delete(name);
    }
    this.#names = names;
    return true;
  }

  /** In no order. */
  of(topology: Topology | null): readonly (readonly [NodeName, Node])[] {
    return [...this.#names].flatMap((name) => {
      const node = topology === null ? null : nodeOf(topology, name);
      return node === null ? [] : [[name, node] as const];
    });
  }
}
