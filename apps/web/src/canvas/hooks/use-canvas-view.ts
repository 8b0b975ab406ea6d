import { type Position, probeSource } from '@vethlab/topology';
import { getViewportForBounds, type ReactFlowInstance, useReactFlow, useStoreApi } from '@xyflow/react';
import { useEffect } from 'react';
import { labStore } from '../../lab';
import { useViewStore, viewStore } from '../../view';
import { arcLabels } from '../edges/arc-sides';
import type { FlowEdge } from '../edges/edge-data';
import { drawingBounds } from '../geometry/drawing-bounds';
import { shiftInto } from '../geometry/shift-into';
import { nodeNameOf } from '../nodes/derive-nodes';
import type { FlowNode } from '../nodes/node-data';
import { setCanvasView } from '../state/canvas-view';
import { placesNow } from '../state/places-now';
import { zoomLimits } from './zoom-limits';

/** Room around what is fitted, in pixels: the tools lie at the lower edge. */
const fitPadding = { right: '24px', bottom: '64px', left: '24px' } as const;
const topPaddingPx = 16;
/** Not larger than life: a lab of two nodes does not fill the screen; in a presentation it fills the wall. */
const largestFit = { work: 1.25, presentation: 2 } as const;

type Screen = {
  readonly width: number;
  readonly height: number;
  readonly transform: readonly [number, number, number];
};

/** Brings the whole drawing into the window, captions and arcs included. */
function fit(flow: ReactFlowInstance<FlowNode, FlowEdge>, screen: Screen, duration: number): void {
  const topology = labStore.getState().topology;
  const places = placesNow();
  const bounds = drawingBounds(places.values(), topology === null ? [] : arcLabels(topology, places));
  if (bounds === null || screen.width === 0) return;
  const largest = viewStore.getState().presentation ? largestFit.presentation : largestFit.work;
  const padding = { ...fitPadding, top: `${topPaddingPx + notesHeight()}px` as const };
  const viewport = getViewportForBounds(bounds, screen.width, screen.height, zoomLimits.min, largest, padding);
  void flow.setViewport(viewport, { duration });
}

/** The notes at the upper left would hide what is fitted under them. */
function notesHeight(): number {
  return document.querySelector<HTMLElement>('[data-canvas-notes]')?.offsetHeight ?? 0;
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
      fit: (how) => fit(flow, store.getState(), how?.atOnce === true ? 0 : duration),
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
    const wanted = [...nodes, ...links.flatMap((link) => link.split('--').map(nodeNameOf)), ...probes.map(probeSource)];
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
