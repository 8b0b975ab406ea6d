import { mergeChanges } from './merge-changes.js';
import { fatesOf } from './record-fates.js';
import { type RenameMap, renameMapOf, sequenceAll } from './rename-map.js';
import { rewriteChange } from './rewrite-change.js';
import type { TopologyDiff } from './topology-diff.js';

/** One diff that does what these do one after the other. */
export function composeDiffs(diffs: readonly TopologyDiff[]): TopologyDiff {
  const [first, ...rest] = diffs;
  return rest.reduce(composeTwo, first ?? { renames: [], changes: [] });
}

/**
 * Renames of the second go before the changes of the first, so the changes of the first take the later names. A rename
 * of a record that the first added vanishes into the addition. A record that the first removed keeps its old name,
 * unless something that stays gets that name: then it makes way.
 */
function composeTwo(first: TopologyDiff, second: TopologyDiff): TopologyDiff {
  if (first.renames.length === 0 && second.renames.length === 0) {
    return { renames: [], changes: mergeChanges(first.changes, second.changes) };
  }
  const one = renameMapOf(first.renames);
  const two = renameMapOf(second.renames);
  const fatesOne = fatesOf(first.changes);
  const fatesTwo = fatesOf(second.changes);

  // Names: start → (one) → middle → (two) → end. Removed records have a start, added ones an end.
  const nodePairs = pairs(one.nodes, two.nodes, one.node, one.nodeStart, two.node, {
    removedOne: fatesOne.removedNodes,
    addedOne: fatesOne.addedNodes,
    removedTwo: fatesTwo.removedNodes,
  });
  const goneNodes = goneStarts(
    fatesOne.removedNodes,
    fatesTwo.removedNodes,
    fatesOne.addedNodes,
    one.nodeStart,
    two.nodeStart,
  );
  const interfacePairs = new Map<string, ReadonlyMap<string, string>>();
  const goneInterfaces = new Map<string, ReadonlySet<string>>();
  const interfacesMakingWay = new Map<string, ReadonlySet<string>>();
  for (const start of startNodes(one, two, fatesOne.nodes, fatesTwo.nodes)) {
    const middle = one.node(start);
    const end = two.node(middle);
    if (fatesOne.removedNodes.has(middle) || fatesTwo.removedNodes.has(end) || fatesOne.addedNodes.has(middle))
      continue;
    const added = fatesOne.addedInterfaces(middle);
    const removedOne = fatesOne.removedInterfaces(middle);
    const removedTwo = fatesTwo.removedInterfaces(end);
    const onward = (name: string) => two.ifname(middle, name);
    const found = pairs(
      one.interfaces.get(start) ?? new Map(),
      two.interfaces.get(middle) ?? new Map(),
      (name) => one.ifname(start, name),
      (name) => one.ifnameStart(start, name),
      onward,
      { removedOne, addedOne: added, removedTwo },
    );
    const back = (name: string) => one.ifnameStart(start, name);
    const backTwo = (name: string) => two.ifnameStart(middle, name);
    const makingWay = overtaken(added, removedTwo, onward, back, backTwo);
    if (found.size > 0 || makingWay.size > 0) interfacePairs.set(end, found);
    interfacesMakingWay.set(end, makingWay);
    goneInterfaces.set(end, goneStarts(removedOne, removedTwo, added, back, backTwo));
  }
  const known = new Set([
    ...nodePairs.keys(),
    ...nodePairs.values(),
    ...fatesOne.nodes,
    ...fatesTwo.nodes,
    ...goneNodes,
  ]);
  const { renames, displacedNodes, displacedInterfaces } = sequenceAll({
    nodes: nodePairs,
    leavingNodes: goneNodes,
    interfaces: interfacePairs,
    leavingInterfaces: (end) => goneInterfaces.get(end) ?? new Set(),
    nodesMakingWay: overtaken(fatesOne.addedNodes, fatesTwo.removedNodes, two.node, one.nodeStart, two.nodeStart),
    interfacesMakingWay: (end) => interfacesMakingWay.get(end) ?? new Set(),
    isNodeTaken: (name) => known.has(name),
    isIfnameTaken: (end, name) => {
      const found = interfacePairs.get(end) ?? new Map<string, string>();
      const gone = goneInterfaces.get(end) ?? new Set<string>();
      return found.has(name) || [...found.values()].includes(name) || gone.has(name);
    },
  });

  const nodeOfMiddle = (middle: string): string => {
    const start = one.nodeStart(middle);
    if (fatesOne.removedNodes.has(middle)) return displacedNodes.get(start) ?? start;
    const end = two.node(middle);
    if (!fatesTwo.removedNodes.has(end)) return end;
    return fatesOne.addedNodes.has(middle) ? passing(middle) : (displacedNodes.get(start) ?? start);
  };
  const ifnameOfMiddle = (middleNode: string, middle: string): string => {
    const startNode = one.nodeStart(middleNode);
    const endNode = two.node(middleNode);
    const start = one.ifnameStart(startNode, middle);
    if (fatesOne.removedNodes.has(middleNode)) return start;
    const end = two.ifname(middleNode, middle);
    if (fatesOne.addedNodes.has(middleNode)) return end;
    const isAdded = fatesOne.addedInterfaces(middleNode).has(middle);
    if (fatesTwo.removedNodes.has(endNode)) return isAdded ? passing(middle) : start;
    const isRemoved = fatesTwo.removedInterfaces(endNode).has(end);
    if (isAdded && isRemoved) return passing(middle);
    const isGone = isRemoved || fatesOne.removedInterfaces(middleNode).has(middle);
    return isGone ? (displacedInterfaces.get(endNode)?.get(start) ?? start) : end;
  };
  const fromFirst = first.changes.map((change) =>
    rewriteChange(change, { node: nodeOfMiddle, ifname: ifnameOfMiddle }),
  );
  const fromSecond = second.changes.map((change) =>
    rewriteChange(change, {
      node: (end) => (fatesTwo.addedNodes.has(end) ? end : nodeOfMiddle(two.nodeStart(end))),
      ifname: (endNode, end) => {
        if (fatesTwo.addedNodes.has(endNode) || fatesTwo.addedInterfaces(endNode).has(end)) return end;
        const middleNode = two.nodeStart(endNode);
        return ifnameOfMiddle(middleNode, two.ifnameStart(middleNode, end));
      },
    }),
  );
  return { renames, changes: mergeChanges(fromFirst, fromSecond) };
}

/**
 * A name for a record that the first diff adds and the second removes. No real name looks like it, so its changes meet
 * nothing but each other, and cancel out.
 */
function passing(middle: string): string {
  return `${middle} `;
}

interface Leaving {
  readonly removedOne: ReadonlySet<string>;
  readonly addedOne: ReadonlySet<string>;
  readonly removedTwo: ReadonlySet<string>;
}

/** Start name → end name of everything that was there at the start, is there at the end, and has another name. */
function pairs(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
  onward: (start: string) => string,
  back: (middle: string) => string,
  further: (middle: string) => string,
  leaving: Leaving,
): Map<string, string> {
  const found = new Map<string, string>();
  const starts = new Set([
    ...first.keys(),
    ...[...second.keys()].filter((name) => !leaving.addedOne.has(name)).map(back),
  ]);
  for (const start of starts) {
    const middle = onward(start);
    if (leaving.removedOne.has(middle)) continue;
    const end = further(middle);
    if (leaving.removedTwo.has(end) || start === end) continue;
    found.set(start, end);
  }
  return found;
}

/** Start names of everything that was there at the start and is not at the end. */
function goneStarts(
  removedOne: ReadonlySet<string>,
  removedTwo: ReadonlySet<string>,
  addedOne: ReadonlySet<string>,
  back: (middle: string) => string,
  backTwo: (end: string) => string,
): ReadonlySet<string> {
  const later = [...removedTwo].map(backTwo).filter((middle) => !addedOne.has(middle));
  return new Set([...removedOne, ...later].map(back));
}

/**
 * Start names of records that the second diff removes, and whose name ends up with a record that the first one added.
 * Both would change under one key, the addition before the removal: so the one that goes makes way.
 */
function overtaken(
  addedOne: ReadonlySet<string>,
  removedTwo: ReadonlySet<string>,
  onward: (middle: string) => string,
  back: (middle: string) => string,
  backTwo: (end: string) => string,
): ReadonlySet<string> {
  const fresh = new Set([...addedOne].map(onward).filter((end) => !removedTwo.has(end)));
  const gone = [...removedTwo].map(backTwo).filter((middle) => !addedOne.has(middle));
  return new Set(gone.map(back).filter((start) => fresh.has(start)));
}

/** Start names of every node whose interfaces may have new names. */
function startNodes(
  one: RenameMap,
  two: RenameMap,
  inFirst: ReadonlySet<string>,
  inSecond: ReadonlySet<string>,
): ReadonlySet<string> {
  const middles = [...two.interfaces.keys(), ...inFirst, ...[...inSecond].map((end) => two.nodeStart(end))];
  return new Set([...one.interfaces.keys(), ...middles.map((middle) => one.nodeStart(middle))]);
}
