import '@xyflow/react/dist/base.css';
import '../canvas/canvas.css';
import '../canvas/edges/edges.css';
import '../canvas/nodes/handles.css';
import '../canvas/nodes/nodes.css';
import './machine-canvas.css';
import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  type EdgeTypes,
  getViewportForBounds,
  type NodeTypes,
  Panel,
  ReactFlow,
  ReactFlowProvider,
  useReactFlow,
  useStoreApi,
} from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback, useEffect } from 'react';
import { LinkEdge } from '../canvas/edges/link-edge';
import { drawingBounds } from '../canvas/geometry/drawing-bounds';
import { DetailContext, useZoomDetail } from '../canvas/hooks/use-detail';
import { useLabelPlan } from '../canvas/hooks/use-label-plan';
import { zoomLimits } from '../canvas/hooks/zoom-limits';
import type { Places } from '../canvas/nodes/node-data';
import { NodeView } from '../canvas/nodes/node-view';
import { gridUnit } from '../canvas/placement/grid';
import { setCanvas } from '../canvas/state/canvas-store';
import type { Liveness } from '../lab';
import { IconButton } from '../ui';
import { useViewStore } from '../view';
import type { MachineDrawing } from './machine-drawing';
import { type MachineSelection, selectionOfFocus } from './selection';
import { useMachineElements } from './use-machine-elements';

const nodeTypes: NodeTypes = { managed: NodeView };
const edgeTypes: EdgeTypes = { link: LinkEdge };
const origin: [number, number] = [0.5, 0.5];
/** Room around what is fitted, in pixels: captions of three lines, and the tools at the lower edge. */
const fitPadding = { top: '40px', right: '32px', bottom: '80px', left: '32px' } as const;
/** Not larger than life, or nearly, as on the canvas of a lab. */
const largestFit = 1.25;

export interface MachineCanvasProps {
  readonly drawing: MachineDrawing;
  readonly places: Places;
  readonly liveness: Liveness;
  readonly selection: MachineSelection | null;
  readonly onSelect: (selection: MachineSelection | null) => void;
}

/** The machine drawn with the nodes and wires of a lab's canvas; it can be looked at and nothing else. */
export function MachineCanvas(props: MachineCanvasProps): React.JSX.Element {
  return (
    <ReactFlowProvider>
      <MachineFlow {...props} />
    </ReactFlowProvider>
  );
}

function MachineFlow(props: MachineCanvasProps): React.JSX.Element {
  const { liveness, places, onSelect } = props;
  const theme = useViewStore((view) => view.theme);
  const { nodes, edges } = useMachineElements(props);
  const detail = useZoomDetail();
  useLabelPlan(nodes, edges, detail);
  const fit = useFit(places);
  // A gesture that was left unfinished on the canvas of a lab is none of this drawing's.
  useEffect(() => setCanvas({ tool: 'select', renaming: null, picking: null, candidate: null }), []);
  return (
    <DetailContext value={detail}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of the nodes inside come by bubbling. */}
      <div
        data-canvas
        data-read-only
        className="vl-canvas absolute inset-0 bg-canvas"
        data-tool="select"
        data-liveness={liveness}
        data-detail={detail}
        onFocus={(event) => {
          const focused = selectionOfFocus(event.target);
          if (focused !== null) onSelect(focused);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') onSelect(null);
        }}
      >
        <ReactFlow
          nodes={nodes}
          edges={edges}
          nodeTypes={nodeTypes}
          edgeTypes={edgeTypes}
          nodeOrigin={origin}
          onNodeClick={(_event, { id }) => onSelect({ kind: 'node', id })}
          onEdgeClick={(_event, { id }) => onSelect({ kind: 'link', id })}
          onPaneClick={() => onSelect(null)}
          connectionMode={ConnectionMode.Loose}
          nodesDraggable={false}
          nodesConnectable={false}
          elementsSelectable={false}
          deleteKeyCode={null}
          selectionKeyCode={null}
          zoomOnDoubleClick={false}
          disableKeyboardA11y
          panOnScroll
          onlyRenderVisibleElements
          onInit={fit}
          minZoom={zoomLimits.min}
          maxZoom={zoomLimits.max}
          colorMode={theme}
          proOptions={{ hideAttribution: true }}
        >
          <Background
            variant={BackgroundVariant.Dots}
            gap={gridUnit * 3}
            size={1.5}
            color="var(--color-line)"
            bgColor="var(--color-canvas)"
          />
          <ZoomControls onFit={fit} />
        </ReactFlow>
      </div>
    </DetailContext>
  );
}

/** Brings the whole drawing into the window. */
function useFit(places: Places): () => void {
  const flow = useReactFlow();
  const store = useStoreApi();
  return useCallback(() => {
    const { width, height } = store.getState();
    const bounds = drawingBounds(places.values(), []);
    if (bounds === null || width === 0) return;
    void flow.setViewport(getViewportForBounds(bounds, width, height, zoomLimits.min, largestFit, fitPadding));
  }, [flow, store, places]);
}

function ZoomControls({ onFit }: { readonly onFit: () => void }): React.JSX.Element {
  const flow = useReactFlow();
  return (
    <Panel position="bottom-left">
      <div role="toolbar" aria-label="View" className="flex gap-0.5 rounded-lg border border-line bg-surface p-0.5">
        <IconButton label="Zoom out" onClick={() => void flow.zoomOut()}>
          <Minus />
        </IconButton>
        <IconButton label="Zoom in" onClick={() => void flow.zoomIn()}>
          <Plus />
        </IconButton>
        <IconButton label="Fit to the window" onClick={onFit}>
          <Maximize />
        </IconButton>
      </div>
    </Panel>
  );
}
