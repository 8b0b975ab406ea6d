import { namespaceOf, type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import type { GhostPair, Ghosts } from '@vethlab/planner';
import type { NodeKind } from '@vethlab/topology';
import { interfaceText, pairText } from '../../drift/place-words';
import { visibleText } from '../../format/visible-text';
import { ghostNodeId, rootNodeId } from './ghost-ids';
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
  const chips = chipsIn(ghosts);
  const nodes = ghosts.namespaces.map(({ name, kind }): GhostNode => {
    const id = ghostNodeId(name);
    return {
      id,
      namespace: name,
      neighbours: neighbours.get(id) ?? [],
      shape: kind,
      firstAddress: firstAddressIn(observed, name),
      chips: chips.get(name) ?? [],
    };
  });
  const inRoot = chips.get(ROOT_NAMESPACE) ?? [];
  const wired = neighbours.get(rootNodeId) ?? [];
  if (inRoot.length === 0 && wired.length === 0) return nodes;
  const root = { id: rootNodeId, namespace: ROOT_NAMESPACE, shape: 'root', firstAddress: null } as const;
  return [...nodes, { ...root, neighbours: wired, chips: inRoot }];
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
function chipsIn({ pairs, interfaces }: Ghosts): ReadonlyMap<string, readonly string[]> {
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
  for (const one of interfaces) add(one.namespace, interfaceText(one));
  return chips;
}

/** As a node of the document shows it: the first that somebody set. */
function firstAddressIn(observed: Observed, name: string): string | null {
  for (const { addresses } of Object.values(namespaceOf(observed, name)?.interfaces ?? {})) {
    const own = addresses.find(({ kernelMade }) => !kernelMade);
    if (own !== undefined) return own.address;
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
