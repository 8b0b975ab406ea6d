import { maximumIfnameLength, maximumNodeNameLength } from '../model/limits.js';
import type { Ifname, NodeName } from '../model/names.js';
import type { Rename } from './topology-diff.js';

/** Where names go when renames are carried out one after the other. Names it does not know stay as they are. */
export interface RenameMap {
  readonly node: (start: string) => string;
  readonly nodeStart: (end: string) => string;
  /** `startNode` is the node's name before the renames. */
  readonly ifname: (startNode: string, start: string) => string;
  readonly ifnameStart: (startNode: string, end: string) => string;
  /** Renamed nodes, and renamed interfaces by the first name of their node. */
  readonly nodes: ReadonlyMap<string, string>;
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Follows a sequence of renames. */
export function renameMapOf(renames: readonly Rename[]): RenameMap {
  const nodes = new OneToOne();
  const interfaces = new Map<string, OneToOne>();
  for (const rename of renames) {
    if (rename.object === 'node') {
      nodes.move(rename.from, rename.to);
      continue;
    }
    const start = nodes.start(rename.node);
    const names = interfaces.get(start) ?? new OneToOne();
    names.move(rename.from, rename.to);
    interfaces.set(start, names);
  }
  return {
    node: (start) => nodes.end(start),
    nodeStart: (end) => nodes.start(end),
    ifname: (node, start) => interfaces.get(node)?.end(start) ?? start,
    ifnameStart: (node, end) => interfaces.get(node)?.start(end) ?? end,
    nodes: nodes.forward,
    interfaces: new Map([...interfaces].map(([node, names]) => [node, names.forward])),
  };
}

class OneToOne {
  readonly forward = new Map<string, string>();
  readonly #backward = new Map<string, string>();

  end(start: string): string {
    return this.forward.get(start) ?? start;
  }

  start(end: string): string {
    return this.#backward.get(end) ?? end;
  }

  move(from: string, to: string): void {
    const start = this.start(from);
    this.#backward.delete(from);
    this.forward.set(start, to);
    this.#backward.set(to, start);
  }
}

export interface Sequence {
  readonly steps: readonly { readonly from: string; readonly to: string }[];
  /** Names that had to make way, and where they went. */
  readonly displaced: ReadonlyMap<string, string>;
}

/**
 * Puts renames that are meant all at once into an order in which no name is ever taken twice. A name that is in the way
 * (in a swap, or of a record that is removed by the same diff) is moved aside first.
 *
 * @param pairs old name → new name, of records that stay
 * @param leaving names of records that the same diff removes
 * @param makingWay those of them that must move aside, because something new gets their name
 * @param isTaken whether a name that is made up for a record in the way is used elsewhere
 */
export function sequenceRenames(
  pairs: ReadonlyMap<string, string>,
  leaving: ReadonlySet<string>,
  makingWay: ReadonlySet<string>,
  isTaken: (name: string) => boolean,
  maximumLength: number,
): Sequence {
  const pending = new Map([...pairs].filter(([from, to]) => from !== to));
  const waiting = new Set(leaving);
  const steps: { from: string; to: string }[] = [];
  const displaced = new Map<string, string>();
  const moveAside = (name: string): string => {
    const aside = freeName(name, (other) => isTaken(other) || pending.has(other), maximumLength);
    steps.push({ from: name, to: aside });
    return aside;
  };
  for (const name of makingWay) {
    displaced.set(name, moveAside(name));
    waiting.delete(name);
  }
  while (pending.size > 0) {
    let progress = false;
    for (const [from, to] of [...pending]) {
      if (pending.has(to) || waiting.has(to)) continue;
      steps.push({ from, to });
      pending.delete(from);
      progress = true;
    }
    if (progress) continue;
    const blocked = [...pending.values()][0] ?? '';
    const aside = moveAside(blocked);
    const target = pending.get(blocked);
    if (target === undefined) {
      waiting.delete(blocked);
      displaced.set(blocked, aside);
    } else {
      pending.delete(blocked);
      pending.set(aside, target);
    }
  }
  return { steps, displaced };
}

function freeName(name: string, isTaken: (name: string) => boolean, maximumLength: number): string {
  for (let number = 0; ; number += 1) {
    const suffix = number === 0 ? '.old' : `.old${number}`;
    const candidate = `${name.slice(0, maximumLength - suffix.length)}${suffix}`;
    if (!isTaken(candidate)) return candidate;
  }
}

const none: ReadonlySet<string> = new Set();

interface Renaming {
  readonly nodes: ReadonlyMap<string, string>;
  readonly leavingNodes: ReadonlySet<string>;
  /** By the node's name after the node renames: old ifname → new ifname. */
  readonly interfaces: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly leavingInterfaces: (node: string) => ReadonlySet<string>;
  readonly nodesMakingWay?: ReadonlySet<string>;
  readonly interfacesMakingWay?: (node: string) => ReadonlySet<string>;
  readonly isNodeTaken: (name: string) => boolean;
  readonly isIfnameTaken: (node: string, ifname: string) => boolean;
}

/** The renames of a diff in an order that works: nodes first, then interfaces under the new names of their nodes. */
export function sequenceAll(renaming: Renaming) {
  const nodes = sequenceRenames(
    renaming.nodes,
    renaming.leavingNodes,
    renaming.nodesMakingWay ?? none,
    renaming.isNodeTaken,
    maximumNodeNameLength,
  );
  const renames: Rename[] = nodes.steps.map(({ from, to }) => ({
    object: 'node',
    from: from as NodeName,
    to: to as NodeName,
  }));
  const displacedInterfaces = new Map<string, ReadonlyMap<string, string>>();
  for (const [node, pairs] of renaming.interfaces) {
    const isTaken = (ifname: string) => renaming.isIfnameTaken(node, ifname);
    const { steps, displaced } = sequenceRenames(
      pairs,
      renaming.leavingInterfaces(node),
      renaming.interfacesMakingWay?.(node) ?? none,
      isTaken,
      maximumIfnameLength,
    );
    for (const { from, to } of steps) {
      renames.push({ object: 'interface', node: node as NodeName, from: from as Ifname, to: to as Ifname });
    }
    displacedInterfaces.set(node, displaced);
  }
  return { renames, displacedNodes: nodes.displaced, displacedInterfaces };
}
