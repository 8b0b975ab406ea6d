import type { FeatureName } from '@vethlab/observed';
import { madeFrom, type Node, nodeOf, type Topology } from '@vethlab/topology';
import { needsOfNode } from './needs-of-node.js';

/** By node, then by what is missing: the same record every time, so that what is worked out for it stays right. */
const remembered = new WeakMap<Node, Map<string, Node>>();

/** Whether something of the document may be missing in a kernel: only then it has to be asked before the first plan. */
export function asksForFeatures(topology: Topology): boolean {
  return askersIn(topology).size > 0;
}

const knownAskers = new WeakMap<Topology, ReadonlySet<string>>();

/** Names of the nodes that ask for something; from those of the document before where that is known, so that an edit costs its nodes. */
function askersIn(topology: Topology): ReadonlySet<string> {
  const known = knownAskers.get(topology);
  if (known !== undefined) return known;
  const asks = (name: string) => {
    const node = nodeOf(topology, name);
    return node !== null && needsOfNode(node).length > 0;
  };
  const origin = madeFrom(topology);
  const before = origin === null ? undefined : knownAskers.get(origin.base);
  const names =
    origin === null || before === undefined ? Object.keys(topology.nodes) : new Set([...before, ...origin.changed]);
  const found = new Set([...names].filter(asks));
  knownAskers.set(topology, found);
  return found;
}

/** All that a document asks of a kernel beyond what every kernel has. */
export function featuresAskedBy(topology: Topology): ReadonlySet<FeatureName> {
  return new Set(
    [...askersIn(topology)].flatMap((name) => {
      const node = nodeOf(topology, name);
      return node === null ? [] : needsOfNode(node).map(({ feature }) => feature);
    }),
  );
}

/**
 * The node as far as a kernel can do it: what needs something that is missing is left out. So it is never planned for, and no
 * difference either. The same object when nothing has to be left out.
 */
export function possibleNode(node: Node, missing: ReadonlySet<FeatureName> | undefined): Node {
  if (missing === undefined || missing.size === 0) return node;
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
