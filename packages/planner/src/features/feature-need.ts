import type { FeatureName } from '@vethlab/observed';
import type { DocumentPath, Node } from '@vethlab/topology';

/** A piece of a node that not every kernel, or not every machine, can do. */
export interface FeatureNeed {
  readonly feature: FeatureName;
  /** Where the piece is, from the node: `['interfaces', 'eth0', 'impairment', 'delay']`. Names of keys as in the lab file. */
  readonly path: DocumentPath;
  /** For people: `the delay of eth0`. */
  readonly what: string;
  /** The node without the piece, and without what in the node makes no sense without it. */
  readonly without: (node: Node) => Node;
}
