import type { Rename } from '@vethlab/topology';

/** Where names of the new document come from, after renames one after another. */
export interface Origins {
  /** Name in the kernel before the plan, or null when this name is new there because its old bearer is renamed away. */
  node(name: string): string | null;
  /** Nodes whose name changes: name of now → name before. */
  readonly renamedNodes: ReadonlyMap<string, string>;
  /** Names before of all renames that were asked for, done in the kernel already or not: name of now → name before. */
  readonly askedNodes: ReadonlyMap<string, string>;
  /** Interfaces of a node (by its name in the kernel) whose name changes: name of now → name before. */
  renamedInterfaces(node: string): ReadonlyMap<string, string>;
}

const none: ReadonlyMap<string, string> = new Map();

/**
 * Follows renames from first to last, so that a → b → c is one rename and a → b → a is none. `holds` says whether a
 * rename of a node can be done in the kernel; where it cannot, the node is treated as removed and added.
 */
export function originsOf(
  renames: readonly Rename[],
  holds: (from: string, to: string, sources: ReadonlySet<string>) => boolean,
): Origins {
  const nodes = new Map<string, string>();
  const interfaces = new Map<string, Map<string, string>>();
  for (const rename of renames) {
    if (rename.object === 'node') {
      follow(nodes, rename.from, rename.to);
      continue;
    }
    const before = nodes.get(rename.node) ?? rename.node;
    const ofNode = interfaces.get(before) ?? new Map<string, string>();
    interfaces.set(before, ofNode);
    follow(ofNode, rename.from, rename.to);
  }
  const askedNodes = new Map(nodes);
  dropImpossible(nodes, holds);
  const sources = new Set(nodes.values());
  return {
    node: (name) => nodes.get(name) ?? (sources.has(name) ? null : name),
    renamedNodes: nodes,
    askedNodes,
    renamedInterfaces: (node) => interfaces.get(node) ?? interfaces.get(askedNodes.get(node) ?? node) ?? none,
  };
}

function follow(names: Map<string, string>, from: string, to: string): void {
  const known = names.get(from);
  // A second bearer of a name that was given up before is new; nothing in the kernel is its own.
  if (known === undefined && [...names.values()].includes(from)) return;
  const origin = known ?? from;
  names.delete(from);
  if (origin !== to) names.set(to, origin);
}

/** Dropping one rename can leave another without a free name, so this goes on until nothing changes. */
function dropImpossible(
  names: Map<string, string>,
  holds: (from: string, to: string, sources: ReadonlySet<string>) => boolean,
): void {
  for (let changed = true; changed; ) {
    changed = false;
    const sources = new Set(names.values());
    for (const [to, from] of names) {
      if (holds(from, to, sources)) continue;
      names.delete(to);
      changed = true;
      break;
    }
  }
}

/**
 * An order in which renames can be done one at a time: a name is free before it is given. A ring (a ⇄ b) goes through
 * a name that nothing else has.
 */
export function inPossibleOrder(
  renames: ReadonlyMap<string, string>,
  isTaken: (name: string) => boolean,
): (readonly [from: string, to: string])[] {
  const ordered: [string, string][] = [];
  const waiting = new Map(renames);
  const held = new Set(waiting.values());
  while (waiting.size > 0) {
    let moved = false;
    for (const [to, from] of waiting) {
      if (held.has(to)) continue;
      ordered.push([from, to]);
      waiting.delete(to);
      held.delete(from);
      moved = true;
    }
    if (moved) continue;
    const [first] = waiting;
    if (first === undefined) break;
    const [to, from] = first;
    const passing = passingName((name) => isTaken(name) || renames.has(name) || held.has(name));
    ordered.push([from, passing]);
    waiting.set(to, passing);
    held.delete(from);
    held.add(passing);
  }
  return ordered;
}

function passingName(isTaken: (name: string) => boolean): string {
  for (let number = 1; ; number += 1) {
    const name = `vethlab-tmp${number}`;
    if (!isTaken(name)) return name;
  }
}
