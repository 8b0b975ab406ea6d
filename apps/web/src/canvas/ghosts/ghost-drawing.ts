import { beyondOf, namespaceOf, type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import type { GhostEnd, GhostPair, Ghosts } from '@vethlab/planner';
import type { NodeKind } from '@vethlab/topology';
import { shortLine } from '../../drift/beyond-words';
import { interfaceText, pairText } from '../../drift/place-words';
import { visibleText } from '../../format/visible-text';
import { ghostNodeId, rootNodeId } from './ghost-ids';
import { interfaceAt, ownAddresses } from './interface-at';
import type { Unplaced } from './place-ghosts';

/** What a ghost's node shows. */
export interface GhostNode extends Unplaced {
  readonly namespace: string;
  /** `root`: the small box that stands for the root namespace while something is in there. */
  readonly shape: NodeKind | 'root';
  readonly firstAddress: string | null;
  /** What is in it and is no wire, each a few words. */
  readonly chips: readonly string[];
}

/** The nodes that are drawn for what is in the kernel and not in the document, in the kernel's order, the root last. */
export function ghostNodes(
  ghosts: Ghosts,
  observed: Observed,
  isNode: (name: string) => boolean,
): readonly GhostNode[] {
  const neighbours = neighboursIn(ghosts.pairs, isNode);
  const chips = chipsIn(ghosts, observed);
  const wired = wiredEnds(ghosts.pairs);
  const nodes = ghosts.namespaces.map(({ name, kind }): GhostNode => {
    const id = ghostNodeId(name);
    return {
      id,
      namespace: name,
      neighbours: neighbours.get(id) ?? [],
      shape: kind,
      firstAddress: firstAddressIn(observed, name, wired),
      chips: chips.get(name) ?? [],
    };
  });
  if (!isRootDrawn(ghosts, observed)) return nodes;
  const inRoot = [...(chips.get(ROOT_NAMESPACE) ?? []), ...beyondOf(observed, ROOT_NAMESPACE).map(shortLine)];
  const toRoot = neighbours.get(rootNodeId) ?? [];
  const root = { id: rootNodeId, namespace: ROOT_NAMESPACE, shape: 'root', firstAddress: null, under: true } as const;
  return [...nodes, { ...root, neighbours: toRoot, chips: inRoot }];
}

/** Whether something is in the root namespace of the lab: only then is there a box for it. */
export function isRootDrawn({ pairs, interfaces }: Ghosts, observed: Observed): boolean {
  const isInRoot = ({ namespace }: GhostEnd): boolean => namespace === ROOT_NAMESPACE;
  if (beyondOf(observed, ROOT_NAMESPACE).length > 0) return true;
  return interfaces.some(isInRoot) || pairs.some(({ ends }) => ends.some(isInRoot));
}

/** The node that a namespace is drawn as. */
export function drawnAs(namespace: string, isNode: (name: string) => boolean): string {
  return isNode(namespace) ? namespace : ghostNodeId(namespace);
}

function neighboursIn(
  pairs: readonly GhostPair[],
  isNode: (name: string) => boolean,
): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>();
  const note = (from: string, to: string): void => {
    const list = neighbours.get(from);
    if (list === undefined) neighbours.set(from, [to]);
    else if (!list.includes(to)) list.push(to);
  };
  for (const { ends } of pairs) {
    const [a, b] = [drawnAs(ends[0].namespace, isNode), drawnAs(ends[1].namespace, isNode)];
    if (a === b) continue;
    note(a, b);
    note(b, a);
  }
  return neighbours;
}

/** Interfaces that are no end of a wire, and pairs with both ends in one place, which no line can show. */
function chipsIn({ pairs, interfaces }: Ghosts, observed: Observed): ReadonlyMap<string, readonly string[]> {
  const chips = new Map<string, string[]>();
  const add = (namespace: string, text: string): void => {
    const list = chips.get(namespace);
    if (list === undefined) chips.set(namespace, [text]);
    else list.push(text);
  };
  for (const pair of pairs) {
    const [first, second] = pair.ends;
    if (first.namespace === second.namespace)
      add(first.namespace, `${visibleText(first.ifname)} – ${visibleText(second.ifname)}`);
  }
  for (const one of interfaces) {
    const addresses = ownAddresses(interfaceAt(one, observed));
    add(one.namespace, [interfaceText(one), ...addresses].join(' '));
  }
  return chips;
}

/** Neither name of an end has a slash in it: both are names of files. */
const endKey = ({ namespace, ifname }: GhostEnd): string => `${namespace}/${ifname}`;

/** Interfaces that are ends of wires: their addresses stand there. */
function wiredEnds(pairs: readonly GhostPair[]): ReadonlySet<string> {
  return new Set(pairs.flatMap(({ ends: [a, b] }) => (a.namespace === b.namespace ? [] : [endKey(a), endKey(b)])));
}

/** As a node of the document shows it: the first that somebody set, and that stands at no wire. */
function firstAddressIn(observed: Observed, name: string, wired: ReadonlySet<string>): string | null {
  for (const one of Object.values(namespaceOf(observed, name)?.interfaces ?? {})) {
    if (wired.has(endKey({ namespace: name, ifname: one.ifname }))) continue;
    const [own] = ownAddresses(one);
    if (own !== undefined) return own;
  }
  return null;
}

/** Screen-reader name of a ghost's node. */
export function describeGhost({ namespace, shape, chips }: GhostNode): string {
  const within = chips.length === 0 ? '' : `, with ${chips.join(', ')}`;
  if (shape === 'root') return `root namespace of the lab${within}`;
  return `unmanaged namespace ${visibleText(namespace)}, in the kernel and not in the document${within}`;
}

/** Screen-reader name of a ghost's wire. */
export function describeGhostPair(pair: GhostPair): string {
  return `unmanaged veth pair ${pairText(pair)}, in the kernel and not in the document`;
}
