import { type Observed, ROOT_NAMESPACE } from '@vethlab/observed';
import type { GhostEnd, GhostPair, Ghosts } from '@vethlab/planner';
import type { Topology } from '@vethlab/topology';
import { visibleText } from '../../format/visible-text';
import { endStateText } from '../derive/end-state-text';
import { type Appearance, appearanceOf } from '../derive/endpoint-state';
import type { EndText } from '../edges/edge-data';
import { type Silhouette, silhouettes } from '../geometry/silhouette';
import { parallelOffset } from '../geometry/wire-path';
import type { GhostFlowEdge } from './ghost-data';
import { describeGhostPair, drawnAs } from './ghost-drawing';
import { ghostEdgeId } from './ghost-ids';
import { interfaceAt, ownAddresses } from './interface-at';

export interface GhostEdgeSources {
  readonly ghosts: Ghosts;
  readonly topology: Topology;
  readonly observed: Observed;
  readonly selected: ReadonlySet<string>;
}

/** A dashed wire for each veth pair that the document does not have. Unchanged ones are the same object again. */
export function createGhostEdgeDeriver(): (sources: GhostEdgeSources) => GhostFlowEdge[] {
  let cache = new Map<string, { readonly look: string; readonly edge: GhostFlowEdge }>();
  return ({ ghosts, topology, observed, selected }) => {
    const next = new Map<string, { readonly look: string; readonly edge: GhostFlowEdge }>();
    if (ghosts.pairs.length === 0) {
      cache = next;
      return [];
    }
    const isNode = (name: string): boolean => Object.hasOwn(topology.nodes, name);
    const shapes = shapesOf(ghosts, topology);
    const bundles = bundlesOf(ghosts.pairs, topology);
    const edges: GhostFlowEdge[] = [];
    for (const pair of ghosts.pairs) {
      const [first, second] = pair.ends;
      if (first.namespace === second.namespace) continue;
      const ends = [endOf(first, observed), endOf(second, observed)] as const;
      const id = ghostEdgeId(pair.id);
      const [source, target] = [drawnAs(first.namespace, isNode), drawnAs(second.namespace, isNode)];
      const bundle = bundles.get(bundleKey(source, target));
      const index = bundle?.next() ?? 0;
      const data = {
        pair,
        appearances: [ends[0].appearance, ends[1].appearance] as const,
        labels: [ends[0].label, ends[1].label] as const,
        shapes: [shapes(first.namespace), shapes(second.namespace)] as const,
        offset: (source > target ? -1 : 1) * parallelOffset(index, bundle?.count ?? 1, silhouettes.host),
      };
      const look = JSON.stringify([data, selected.has(id)]);
      const before = cache.get(id);
      const edge: GhostFlowEdge =
        before?.look === look
          ? before.edge
          : { id, type: 'ghost', source, target, selected: selected.has(id), ariaLabel: describeGhostPair(pair), data };
      next.set(id, { look, edge });
      edges.push(edge);
    }
    cache = next;
    return edges;
  };
}

interface Bundle {
  readonly count: number;
  next(): number;
}

/** How many wires join two nodes, those of the document first: a ghost lies on none of them. */
function bundlesOf(pairs: readonly GhostPair[], topology: Topology): ReadonlyMap<string, Bundle> {
  const isNode = (name: string): boolean => Object.hasOwn(topology.nodes, name);
  const ghostCounts = new Map<string, number>();
  for (const { ends } of pairs) {
    const key = bundleKey(drawnAs(ends[0].namespace, isNode), drawnAs(ends[1].namespace, isNode));
    ghostCounts.set(key, (ghostCounts.get(key) ?? 0) + 1);
  }
  const linkCounts = new Map<string, number>();
  for (const { endpoints } of topology.links) {
    const [a = '', b = ''] = endpoints.map((end) => end.slice(0, end.indexOf(':')));
    const key = bundleKey(a, b);
    if (ghostCounts.has(key)) linkCounts.set(key, (linkCounts.get(key) ?? 0) + 1);
  }
  return new Map(
    [...ghostCounts].map(([key, ghosts]) => {
      let index = linkCounts.get(key) ?? 0;
      return [key, { count: index + ghosts, next: () => index++ }];
    }),
  );
}

/** A line break is in no name of a node, and in a ghost's it does no harm: both orders of the same two give the same. */
const bundleKey = (a: string, b: string): string => [a, b].toSorted().join('\n');

function shapesOf(ghosts: Ghosts, topology: Topology): (namespace: string) => Silhouette {
  const kinds = new Map(ghosts.namespaces.map(({ name, kind }) => [name, kind]));
  return (namespace) => {
    if (namespace === ROOT_NAMESPACE) return silhouettes.root;
    const node = Object.hasOwn(topology.nodes, namespace) ? topology.nodes[namespace] : undefined;
    return silhouettes[node?.kind ?? kinds.get(namespace) ?? 'unmanaged'];
  };
}

function endOf(end: GhostEnd, observed: Observed): { readonly label: EndText; readonly appearance: Appearance } {
  const found = interfaceAt(end, observed);
  const appearance = appearanceOf(found);
  return {
    label: {
      ifname: visibleText(end.ifname),
      // Nothing else says it: there is no label in the middle of such a wire.
      state: endStateText({ kernel: found, appearance }, 'up', 'live'),
      addresses: ownAddresses(found),
    },
    appearance,
  };
}
