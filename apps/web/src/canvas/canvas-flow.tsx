import {
  Background,
  BackgroundVariant,
  ConnectionMode,
  type EdgeTypes,
  MiniMap,
  type NodeMouseHandler,
  type NodeTypes,
  ReactFlow,
  SelectionMode,
} from '@xyflow/react';
import { useCallback, useDeferredValue, useMemo, useRef } from 'react';
import { livenessOf, useLabStore } from '../lab';
import { goToTerminal } from '../terminals';
import { useViewStore } from '../view';
import { CanvasControls } from './canvas-controls';
import { CanvasNotes } from './canvas-notes';
import { LinkEdge } from './edges/link-edge';
import { ProbeEdge } from './edges/probe-edge';
import { TunnelEdge } from './edges/tunnel-edge';
import { WirePreview } from './edges/wire-preview';
import { EmptyCanvas } from './empty-canvas';
import { GhostEdge } from './ghosts/ghost-edge';
import { GhostView } from './ghosts/ghost-view';
import { emptyLab } from './hooks/empty-lab';
import { useCanvasView } from './hooks/use-canvas-view';
import { useChanges } from './hooks/use-changes';
import { DetailContext, useZoomDetail } from './hooks/use-detail';
import { useFingers } from './hooks/use-fingers';
import { useFirstView } from './hooks/use-first-view';
import { useFlowElements } from './hooks/use-flow-elements';
import { useFollowView } from './hooks/use-follow-view';
import { useLabelPlan } from './hooks/use-label-plan';
import { useMovingDashes } from './hooks/use-moving-dashes';
import { useDrawnOnce, useOverviewNeeded } from './hooks/use-overview-needed';
import { usePaletteDrop } from './hooks/use-palette-drop';
import { usePresentSelection } from './hooks/use-present-selection';
import { useWiring } from './hooks/use-wiring';
import { zoomLimits } from './hooks/zoom-limits';
import { useCanvasKeys } from './keys/use-canvas-keys';
import { CanvasMenu } from './menus/canvas-menu';
import type { FlowNode } from './nodes/node-data';
import { NodeView } from './nodes/node-view';
import { PlaceNoteCard } from './notes/place-note';
import { OfferCard } from './offers/offer-card';
import { pickNode } from './picker/pick-node';
import { TargetPicker } from './picker/target-picker';
import { gridUnit } from './placement/grid';
import { setCanvas, useCanvasStore } from './state/canvas-store';

const nodeTypes: NodeTypes = { managed: NodeView, unmanaged: GhostView };
const edgeTypes: EdgeTypes = { link: LinkEdge, probe: ProbeEdge, tunnel: TunnelEdge, ghost: GhostEdge };
const origin: [number, number] = [0.5, 0.5];
/** Middle button always; left button with the hand tool. The right button is for menus. */
const panButtons = { select: [1], wire: [1], pan: [0, 1] } as const;
const multiSelectionKeys = ['Shift', 'Control', 'Meta'];

/** React Flow with everything that is ours put into it. */
export function CanvasFlow(): React.JSX.Element {
  const topology = useLabStore((lab) => lab.topology);
  const liveness = useLabStore(livenessOf);
  const tool = useCanvasStore((canvas) => canvas.tool);
  const theme = useViewStore((view) => view.theme);
  const one = useViewStore((view) => view.selection.nodes.length === 1);
  const gliding = useCanvasStore((canvas) => canvas.gliding);
  const { nodes, edges, done } = useFlowElements();
  const changes = useChanges();
  const wiring = useWiring();
  const keys = useCanvasKeys();
  const drop = usePaletteDrop();
  // In slices: crossing into another detail draws all that is in sight anew.
  const detail = useDeferredValue(useZoomDetail());
  useLabelPlan(nodes, edges, detail);
  const isEmpty = useMemo(() => topology !== null && Object.keys(topology.nodes).length === 0, [topology]);
  const overview = useOverviewNeeded(nodes);
  const drawn = useDrawnOnce(done);
  const byFinger = useFingers();
  useCanvasView();
  useFirstView(topology ?? emptyLab);
  useFollowView();
  usePresentSelection();
  const canvas = useRef<HTMLDivElement>(null);
  useMovingDashes(canvas);

  const onNodeClick = useCallback<NodeMouseHandler<FlowNode>>((_event, node) => {
    if (node.type === 'managed') pickNode(node.id);
  }, []);
  const onNodeDoubleClick = useCallback<NodeMouseHandler<FlowNode>>((event, node) => {
    // In the field for its name, a double click marks a word.
    const inField = event.target instanceof Element && event.target.closest('input') !== null;
    if (node.type === 'managed' && !inField) goToTerminal(node.id);
  }, []);
  const onPaneClick = useCallback(() => setCanvas({ offer: null, picking: null, candidate: null, note: null }), []);

  return (
    <DetailContext value={detail}>
      <CanvasMenu>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: keys and focus of the nodes inside come by bubbling. */}
        <div
          ref={canvas}
          data-canvas
          className="vl-canvas absolute inset-0 bg-canvas"
          data-tool={tool}
          data-liveness={liveness}
          data-detail={detail}
          data-one={one ? '' : undefined}
          data-gliding={gliding ? '' : undefined}
          data-by-finger={byFinger ? '' : undefined}
          onKeyDown={keys.onKeyDown}
          onFocus={keys.onFocus}
          onDragOver={drop.onDragOver}
          onDrop={drop.onDrop}
        >
          <ReactFlow
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodeOrigin={origin}
            onNodesChange={changes.onNodesChange}
            onEdgesChange={changes.onEdgesChange}
            onNodeDragStop={changes.onDrop}
            onSelectionDragStop={changes.onDrop}
            onConnectStart={wiring.onConnectStart}
            onConnectEnd={wiring.onConnectEnd}
            onNodeClick={onNodeClick}
            onNodeDoubleClick={onNodeDoubleClick}
            onPaneClick={onPaneClick}
            connectionMode={ConnectionMode.Loose}
            connectionLineComponent={WirePreview}
            connectionRadius={50}
            connectOnClick={false}
            nodesDraggable={tool === 'select'}
            selectionOnDrag={tool === 'select' && !byFinger}
            selectionMode={SelectionMode.Partial}
            panOnDrag={byFinger || [...panButtons[tool]]}
            panOnScroll
            zoomOnDoubleClick={false}
            multiSelectionKeyCode={multiSelectionKeys}
            deleteKeyCode={null}
            disableKeyboardA11y
            elevateNodesOnSelect={false}
            onlyRenderVisibleElements
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
            {overview && drawn ? (
              <MiniMap
                pannable
                zoomable
                ariaLabel="Overview of the lab"
                nodeClassName={minimapClass}
                nodeBorderRadius={8}
                bgColor="var(--color-surface)"
                maskColor="color-mix(in srgb, var(--color-canvas) 65%, transparent)"
                style={{ width: 160, height: 100 }}
              />
            ) : null}
            <CanvasNotes />
            <CanvasControls />
            {isEmpty && nodes.length === 0 ? <EmptyCanvas /> : null}
            <TargetPicker />
            <OfferCard />
            <PlaceNoteCard />
          </ReactFlow>
        </div>
      </CanvasMenu>
    </DetailContext>
  );
}

function minimapClass(node: FlowNode): string {
  return node.selected === true ? 'vl-minimap-node vl-minimap-selected' : 'vl-minimap-node';
}
