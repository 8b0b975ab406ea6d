import type { Position } from '@vethlab/topology';
import { type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { useViewStore, viewStore } from '../../view';
import type { FlowEdge } from '../edges/edge-data';
import { shiftInto } from '../geometry/shift-into';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { FlowNode } from '../nodes/node-data';
import { setCanvasView } from '../state/canvas-view';

/** Room around what is fitted, and not larger than life: a lab of two nodes does not fill a projector. */
export const fitOptions = {
  // Captions and arcs reach beyond the silhouettes; tools and overview lie at the lower edge.
  padding: { top: '80px', right: '80px', bottom: '96px', left: '80px' },
  maxZoom: 1.25,
} as const;

type Screen = {
  readonly width: number;
  readonly height: number;
  readonly transform: readonly [number, number, number];
};

/** In a presentation a small lab fills the wall; else it is not drawn larger than is comfortable. */
function largestFit(): number {
  return viewStore.getState().presentation ? 2 : fitOptions.maxZoom;
}

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
      holds: (place) => Object.values(roomAround(store.getState(), place)).every((room) => room > revealMargin),
      roomAround: (place) => roomAround(store.getState(), place),
      toCanvas: (screen) => flow.screenToFlowPosition(screen),
      fit: () => void flow.fitView({ ...fitOptions, maxZoom: largestFit(), duration }),
      zoomBy: (factor) => void flow.zoomTo(flow.getZoom() * factor, { duration }),
      reveal: (nodes) => reveal(flow, store.getState(), nodes),
      focusNode,
      takeFocusAlong: (name) => {
        if (document.activeElement?.closest('.react-flow__node') === null) return;
        // Two frames: one for React to hand the node over, one for React Flow to draw it.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            // A quick person is already typing its name.
            if (document.activeElement?.closest('input, [data-own-keys]')) return;
            focusNode(name);
          }),
        );
      },
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

function roomAround({ width, height, transform: [left, top, zoom] }: Screen, place: Position) {
  const [x, y] = [place.x * zoom + left, place.y * zoom + top];
  return { above: y, below: height - y, left: x, right: width - x };
}

function focusNode(name: string): void {
  const selector = `.react-flow__node[data-id="${CSS.escape(name)}"]`;
  document.querySelector<HTMLElement>(selector)?.focus({ preventScroll: true });
}

/** Room kept between a node that was brought into sight and the edge, in pixels: its caption and handle fit in. */
const revealMargin = 64;

/** Pans as little as brings the nodes into sight, and not at all when they are; never changes the zoom. */
function reveal(flow: ReactFlowInstance<FlowNode, FlowEdge>, screen: Screen, names: readonly string[]): void {
  const nodes = names.flatMap((name) => flow.getNode(name) ?? []);
  if (nodes.length === 0) return;
  const [left, top, zoom] = screen.transform;
  const across = nodes.map((node) => node.position.x * zoom + left);
  const down = nodes.map((node) => node.position.y * zoom + top);
  const x = shiftInto(Math.min(...across), Math.max(...across), screen.width, revealMargin);
  const y = shiftInto(Math.min(...down), Math.max(...down), screen.height, revealMargin);
  if (x === 0 && y === 0) return;
  void flow.setViewport({ x: left + x, y: top + y, zoom }, { duration: prefersStill() ? 0 : 150 });
}

function prefersStill(): boolean {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
