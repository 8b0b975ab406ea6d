import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useViewStore, viewStore } from '../../view';
import type { FlowEdge } from '../edges/edge-data';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { FlowNode } from '../nodes/node-data';
import { setCanvasView } from '../state/canvas-view';

/** Room around what is fitted, and not larger than life: a lab of two nodes does not fill a projector. */
export const fitOptions = { padding: 0.18, maxZoom: 1.25 } as const;

/** Announces the view of the canvas to palette, actions and panels, and follows requests to bring the selection into sight. */
export function useCanvasView(): void {
  const flow = useReactFlow<FlowNode, FlowEdge>();
  const store = useStoreApi();
  const requests = useViewStore((view) => view.revealRequests);

  useEffect(() => {
    const duration = prefersStill() ? 0 : 150;
    setCanvasView({
      center: () => {
        const { width, height, transform } = store.getState();
        return { x: (width / 2 - transform[0]) / transform[2], y: (height / 2 - transform[1]) / transform[2] };
      },
      toCanvas: (screen) => flow.screenToFlowPosition(screen),
      fit: () => void flow.fitView({ ...fitOptions, duration }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration }),
      reveal: (nodes) => reveal(flow, store.getState(), nodes),
      focusNode: (name) =>
        document
          .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(name)}"]`)
          ?.focus({ preventScroll: true }),
    });
    return () => setCanvasView(null);
  }, [flow, store]);

  useEffect(() => {
    if (requests === 0) return;
    const { nodes, links, probes } = viewStore.getState().selection;
    const wanted = [
      ...nodes,
      ...links.flatMap((link) => link.split('--').map(nodeNameOf)),
      ...probes.map((probe) => probe.slice(0, probe.indexOf('>'))),
    ];
    // The node may have been made by the same act: one frame later it is there.
    const frame = requestAnimationFrame(() => reveal(flow, store.getState(), wanted));
    return () => cancelAnimationFrame(frame);
  }, [requests, flow, store]);
}

/** Moves the view only when one of the nodes is out of sight; never changes the zoom for a node that is in sight. */
function reveal(
  flow: ReactFlowInstance<FlowNode, FlowEdge>,
  screen: { readonly width: number; readonly height: number; readonly transform: readonly [number, number, number] },
  names: readonly string[],
): void {
  const nodes = names.flatMap((name) => flow.getNode(name) ?? []);
  const [left, top, zoom] = screen.transform;
  const margin = 40;
  const hidden = nodes.some((node) => {
    const x = node.position.x * zoom + left;
    const y = node.position.y * zoom + top;
    return x < margin || y < margin || x > screen.width - margin || y > screen.height - margin;
  });
  if (!hidden) return;
  const middle = nodes.reduce((sum, node) => ({ x: sum.x + node.position.x, y: sum.y + node.position.y }), {
    x: 0,
    y: 0,
  });
  void flow.setCenter(middle.x / nodes.length, middle.y / nodes.length, { zoom, duration: prefersStill() ? 0 : 150 });
}

function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
