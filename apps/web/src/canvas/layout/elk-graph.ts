import type { NodeKind, Position, Topology } from '@vethlab/topology';
import type { ElkNode } from 'elkjs/lib/elk-api';
import { silhouettes } from '../geometry/silhouette';
import { nodeNameOf } from '../nodes/derive-nodes';
import { snap } from '../placement/grid';
import type { LeafRings } from './leaf-rings';

/** Above this many nodes "stress" takes seconds; "layered" stays well below one. */
const mostNodesForStress = 150;

/**
 * The document as a graph for ELK: silhouettes with room for their captions, one edge for each link. A hub with rings of
 * leaves is one large node, and its leaves are left out.
 */
export function elkGraph(topology: Topology, rings: ReadonlyMap<string, LeafRings>): ElkNode {
  const ringed = new Set([...rings.values()].flatMap((one) => [...one.offsets.keys()]));
  const names = Object.keys(topology.nodes).filter((name) => !ringed.has(name));
  const links = topology.links.filter(({ endpoints }) => endpoints.every((end) => !ringed.has(nodeNameOf(end))));
  // "stress" takes no account of sizes.
  const stress = rings.size === 0 && names.length <= mostNodesForStress && isMeshed(topology);
  return {
    id: 'lab',
    layoutOptions: stress
      ? { 'elk.algorithm': 'stress', 'elk.stress.desiredEdgeLength': '220' }
      : {
          'elk.algorithm': 'layered',
          'elk.direction': 'DOWN',
          'elk.layered.spacing.nodeNodeBetweenLayers': '110',
          'elk.spacing.nodeNode': '96',
          'elk.spacing.componentComponent': '120',
          'elk.layered.nodePlacement.strategy': names.length > 400 ? 'SIMPLE' : 'NETWORK_SIMPLEX',
          'elk.aspectRatio': '1.8',
        },
    children: names.map((name) => {
      const block = rings.get(name);
      if (block !== undefined) return { id: name, width: block.width, height: block.height };
      const shape = silhouettes[topology.nodes[name]?.kind ?? 'host'];
      return { id: name, width: shape.width + 40, height: shape.height + 40 };
    }),
    edges: links.map((link, index) => {
      const [source, target] = downwards(topology, nodeNameOf(link.endpoints[0]), nodeNameOf(link.endpoints[1]));
      return { id: `e${index}`, sources: [source], targets: [target] };
    }),
  };
}

const height: Readonly<Record<NodeKind, number>> = { internet: 3, router: 2, switch: 1, host: 0 };

/** A link has no direction, a layered drawing has: the internet stands above routers, these above switches, and these above hosts; else, above what came later. */
function downwards(topology: Topology, a: string, b: string): readonly [string, string] {
  const [heightA, heightB] = [a, b].map((name) => height[topology.nodes[name]?.kind ?? 'host']);
  if (heightA !== heightB) return (heightA ?? 0) > (heightB ?? 0) ? [a, b] : [b, a];
  const names = orderOf(topology.nodes);
  return (names.get(a) ?? 0) <= (names.get(b) ?? 0) ? [a, b] : [b, a];
}

const orders = new WeakMap<Topology['nodes'], ReadonlyMap<string, number>>();

function orderOf(nodes: Topology['nodes']): ReadonlyMap<string, number> {
  const known = orders.get(nodes) ?? new Map(Object.keys(nodes).map((name, index) => [name, index]));
  orders.set(nodes, known);
  return known;
}

/** More links than a tree has: layers would hide the rings. A line or a star reads better in layers. */
function isMeshed(topology: Topology): boolean {
  return topology.links.length >= Object.keys(topology.nodes).length && topology.links.length > 2;
}

/** ELK gives corners; the document keeps centres, on the grid. Leaves stand around their hub. */
export function positionsOf(graph: ElkNode, rings: ReadonlyMap<string, LeafRings>): ReadonlyMap<string, Position> {
  const places = new Map<string, Position>();
  for (const child of graph.children ?? []) {
    const center = { x: (child.x ?? 0) + (child.width ?? 0) / 2, y: (child.y ?? 0) + (child.height ?? 0) / 2 };
    places.set(child.id, snap(center));
    for (const [leaf, offset] of rings.get(child.id)?.offsets ?? []) {
      places.set(leaf, snap({ x: center.x + offset.x, y: center.y + offset.y }));
    }
  }
  return places;
}
