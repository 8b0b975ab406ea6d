import type { Rename } from '../diff/topology-diff.js';
import type { Ifname, NodeName } from '../model/names.js';
import type { Node, Topology } from '../model/topology.js';

/**
 * What was probably renamed between two documents: a record that is gone and a new one of the same kind at the same
 * place among those that stayed. Used for comments only; a wrong guess costs nothing but a comment's neighbour.
 */
export function inferRenames(before: Topology, after: Topology): readonly Rename[] {
  const nodePairs = renamedKeys(before.nodes, after.nodes, (a, b) => a.kind === b.kind);
  const renames: Rename[] = [...nodePairs].map(([from, to]) => ({
    object: 'node',
    from: from as NodeName,
    to: to as NodeName,
  }));
  for (const [name, node] of Object.entries(before.nodes)) {
    const newName = nodePairs.get(name) ?? name;
    const now: Node | undefined = Object.hasOwn(after.nodes, newName) ? after.nodes[newName] : undefined;
    if (now === undefined || now.interfaces === node.interfaces) continue;
    for (const [from, to] of renamedKeys(node.interfaces, now.interfaces, () => true)) {
      renames.push({ object: 'interface', node: newName as NodeName, from: from as Ifname, to: to as Ifname });
    }
  }
  return renames;
}

function renamedKeys<Value>(
  before: Readonly<Record<string, Value>>,
  after: Readonly<Record<string, Value>>,
  isAlike: (a: Value, b: Value) => boolean,
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const gaps = newKeysByGap(before, after);
  let previous = '';
  let gone: [string, Value][] = [];
  const settle = () => {
    const fresh = gaps.get(previous) ?? [];
    if (gone.length === fresh.length) {
      for (const [index, [key, value]] of gone.entries()) {
        const candidate = fresh[index];
        if (candidate !== undefined && isAlike(value, candidate[1])) found.set(key, candidate[0]);
      }
    }
    gone = [];
  };
  for (const [key, value] of Object.entries(before)) {
    if (!Object.hasOwn(after, key)) {
      gone.push([key, value]);
      continue;
    }
    settle();
    previous = key;
  }
  settle();
  return found;
}

/** New records by the last record before them that was there already. */
function newKeysByGap<Value>(before: Readonly<Record<string, Value>>, after: Readonly<Record<string, Value>>) {
  const gaps = new Map<string, [string, Value][]>();
  let previous = '';
  for (const [key, value] of Object.entries(after)) {
    if (Object.hasOwn(before, key)) {
      previous = key;
      continue;
    }
    const gap = gaps.get(previous);
    if (gap === undefined) gaps.set(previous, [[key, value]]);
    else gap.push([key, value]);
  }
  return gaps;
}
