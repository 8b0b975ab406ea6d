import type { Position, Topology } from '@vethlab/topology';
import type { ElkNode } from 'elkjs/lib/elk-api';
import { silhouettes } from '../geometry/silhouette';
import { nodeNameOf } from '../nodes/derive-nodes';
import { snap } from '../placement/grid';

/** Above this many nodes "stress" takes seconds; "layered" stays well below one. */
const mostNodesForStress = 150;

/** The document as a graph for ELK: silhouettes with room for their captions, one edge for each link. */
export function elkGraph(topology: Topology): ElkNode {
  const names = Object.keys(topology.nodes);
  const stress = names.length <= mostNodesForStress && isMeshed(topology);
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
      const shape = silhouettes[topology.nodes[name]?.kind ?? 'host'];
      return { id: name, width: shape.width + 40, height: shape.height + 40 };
    }),
    edges: topology.links.map((link, index) => ({
      id: `e${index}`,
      sources: [nodeNameOf(link.endpoints[0])],
      targets: [nodeNameOf(link.endpoints[1])],
    })),
  };
}

/** More links than a tree has: layers would hide the rings. A line or a star reads better in layers. */
function isMeshed(topology: Topology): boolean {
  return topology.links.length >= Object.keys(topology.nodes).length && topology.links.length > 2;
}

/** ELK gives corners; the document keeps centres, on the grid. */
export function positionsOf(graph: ElkNode): ReadonlyMap<string, Position> {
  return new Map(
    (graph.children ?? []).map((child) => [
      child.id,
      snap({ x: (child.x ?? 0) + (child.width ?? 0) / 2, y: (child.y ?? 0) + (child.height ?? 0) / 2 }),
    ]),
  );
}
