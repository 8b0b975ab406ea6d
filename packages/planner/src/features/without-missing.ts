import type { FeatureName } from '@vethlab/observed';
import { type Node, nodeEntries, type Topology } from '@vethlab/topology';
import { needsOfNode } from './needs-of-node.js';

/** By node, then by what is missing: the same record every time, so that what is worked out for it stays right. */
const remembered = new WeakMap<Node, Map<string, Node>>();

/**
 * The document as far as a kernel can do it: what needs something that is missing is left out. So it is never planned for, and no
 * difference either. The same object when nothing has to be left out.
 */
export function withoutMissing(topology: Topology, missing: ReadonlySet<FeatureName>): Topology {
  if (missing.size === 0) return topology;
  const changed = nodeEntries(topology).flatMap(([name, node]) => {
    const possible = possibleNode(node, missing);
    return possible === node ? [] : [[name, possible] as const];
  });
  if (changed.length === 0) return topology;
  return { ...topology, nodes: { ...topology.nodes, ...Object.fromEntries(changed) } };
}

/** Whether something of the document may be missing in a kernel: only then it has to be asked before the first plan. */
export function asksForFeatures(topology: Topology): boolean {
  return nodeEntries(topology).some(([, node]) => needsOfNode(node).length > 0);
}

function possibleNode(node: Node, missing: ReadonlySet<FeatureName>): Node {
  const needs = needsOfNode(node).filter(({ feature }) => missing.has(feature));
  if (needs.length === 0) return node;
  const key = [...missing].join(' ');
  let byMissing = remembered.get(node);
  if (byMissing === undefined) {
    byMissing = new Map();
    remembered.set(node, byMissing);
  }
  let possible = byMissing.get(key);
  if (possible === undefined) {
    possible = needs.reduce((left, { without }) => without(left), node);
    byMissing.set(key, possible);
  }
  return possible;
}
