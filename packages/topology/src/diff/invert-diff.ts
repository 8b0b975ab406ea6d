import { fatesOf } from './record-fates.js';
import { renameMapOf, sequenceAll } from './rename-map.js';
import { rewriteChange } from './rewrite-change.js';
import type { Change, TopologyDiff } from './topology-diff.js';

/** Whether a diff changes nothing. */
export function isEmptyDiff(diff: TopologyDiff): boolean {
  return diff.renames.length === 0 && diff.changes.length === 0;
}

/**
 * The diff that undoes this one: applied to what `diff` made, it gives what was there before, order included.
 *
 * The inverse, too, renames first and changes then, so its changes speak of the old names. Records that `diff` added
 * are still there while the inverse renames; one that stands on a name that is given back makes way first.
 */
export function invertDiff(diff: TopologyDiff): TopologyDiff {
  const changes = [...diff.changes].reverse().map(swapped);
  if (diff.renames.length === 0) return { renames: [], changes };
  const forward = renameMapOf(diff.renames);
  const fates = fatesOf(diff.changes);
  const nodes = new Map<string, string>();
  for (const [start, end] of forward.nodes) if (!fates.removedNodes.has(end)) nodes.set(end, start);
  const interfaces = new Map<string, ReadonlyMap<string, string>>();
  for (const [startNode, names] of forward.interfaces) {
    const endNode = forward.node(startNode);
    const gone = fates.removedInterfaces(endNode);
    const pairs = [...names].filter(([, end]) => !gone.has(end)).map(([start, end]) => [end, start] as const);
    if (pairs.length > 0 && !fates.removedNodes.has(endNode)) interfaces.set(startNode, new Map(pairs));
  }
  const known = new Set([...forward.nodes.keys(), ...forward.nodes.values(), ...fates.nodes]);
  const { renames, displacedNodes, displacedInterfaces } = sequenceAll({
    nodes,
    leavingNodes: fates.addedNodes,
    interfaces,
    leavingInterfaces: (startNode) => fates.addedInterfaces(forward.node(startNode)),
    isNodeTaken: (name) => known.has(name),
    isIfnameTaken: (startNode, ifname) => {
      const names = forward.interfaces.get(startNode) ?? new Map<string, string>();
      const endNode = forward.node(startNode);
      return (
        names.has(ifname) ||
        [...names.values()].includes(ifname) ||
        fates.addedInterfaces(endNode).has(ifname) ||
        fates.removedInterfaces(endNode).has(ifname)
      );
    },
  });
  const node = (end: string) => (fates.addedNodes.has(end) ? (displacedNodes.get(end) ?? end) : forward.nodeStart(end));
  const ifname = (endNode: string, end: string) => {
    const startNode = forward.nodeStart(endNode);
    if (fates.addedNodes.has(endNode)) return end;
    if (fates.addedInterfaces(endNode).has(end)) return displacedInterfaces.get(startNode)?.get(end) ?? end;
    return forward.ifnameStart(startNode, end);
  };
  return { renames, changes: changes.map((change) => rewriteChange(change, { node, ifname })) };
}

function swapped(change: Change): Change {
  return { ...change, before: change.after, after: change.before } as Change;
}
