import { useMemo, useState } from 'react';
import { createEdgeDeriver } from '../canvas/edges/derive-edges';
import type { FlowEdge } from '../canvas/edges/edge-data';
import { captionSides, createNodeDeriver, wiredEndpoints } from '../canvas/nodes/derive-nodes';
import type { FlowNode, Places } from '../canvas/nodes/node-data';
import type { Liveness } from '../lab';
import { isForeign, type MachineDrawing } from './machine-drawing';
import type { MachineSelection } from './selection';

const none: ReadonlySet<never> = new Set();
const nowhere: Places = new Map();

interface MachineElementsSource {
  readonly drawing: MachineDrawing;
  readonly places: Places;
  readonly liveness: Liveness;
  readonly selection: MachineSelection | null;
}

/** Nodes and edges as the canvas of a lab makes them, with nothing asked for and nothing that differs from it. */
export function useMachineElements(source: MachineElementsSource): {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
} {
  const { drawing, places, liveness, selection } = source;
  const { topology, observed } = drawing;
  const [deriveNodes] = useState(createNodeDeriver);
  const [deriveEdges] = useState(createEdgeDeriver);
  const drawn = useMemo(
    () =>
      deriveNodes({
        topology,
        observed,
        drifting: none,
        wired: wiredEndpoints(topology.links),
        places,
        dragged: nowhere,
        sides: captionSides(topology, [], places),
        liveness,
        missing: none,
        selected: chosen(selection, 'node'),
        ghosts: [],
        selectedGhosts: none,
      }),
    [deriveNodes, topology, observed, places, liveness, selection],
  );
  const nodes = useMemo(
    () =>
      drawn.map((node) => {
        const about = drawing.nodes.get(node.id);
        return about !== undefined && isForeign(about) ? { ...node, className: 'vl-foreign' } : node;
      }),
    [drawn, drawing],
  );
  const edges = useMemo(
    () =>
      deriveEdges({
        topology,
        observed,
        drifting: none,
        rates: {},
        samples: {},
        arcs: new Map(),
        liveness,
        selectedLinks: chosen(selection, 'link'),
        selectedProbes: none,
      }),
    [deriveEdges, topology, observed, liveness, selection],
  );
  return { nodes, edges };
}

function chosen(selection: MachineSelection | null, kind: MachineSelection['kind']): ReadonlySet<string> {
  return selection?.kind === kind ? new Set([selection.id]) : none;
}
