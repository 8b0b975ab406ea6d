import type { Position } from '@vethlab/topology';
import type { EdgeChange, NodeChange } from '@xyflow/react';
import { useCallback } from 'react';
import { viewActions, viewStore } from '../../view';
import { moveNodes } from '../acts/move-nodes';
import type { FlowEdge } from '../edges/edge-data';
import type { FlowNode } from '../nodes/node-data';
import { snap } from '../placement/grid';
import { clearOfOthers } from '../placement/settle';
import { canvasState, setCanvas } from '../state/canvas-store';
import { foldEdgeSelection, foldNodeSelection } from '../state/fold-selection';
import { placesNow } from '../state/places-now';

/** Turns what React Flow says about a gesture into selection, a drag overlay, and at the drop one edit. */
export function useChanges() {
  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]): void => {
    const selected = foldNodeSelection(viewStore.getState().selection, changes);
    if (selected !== null) viewActions.select(selected);
    const moved = movedPlaces(changes);
    if (moved !== null) setCanvas({ dragged: new Map([...canvasState().dragged, ...moved]) });
  }, []);

  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]): void => {
    const selected = foldEdgeSelection(viewStore.getState().selection, changes);
    if (selected !== null) viewActions.select(selected);
  }, []);

  const onDrop = useCallback((): void => {
    const { dragged } = canvasState();
    if (dragged.size === 0) return;
    const clear = clearOfOthers(dragged, placesNow());
    setCanvas({ dragged: clear });
    void moveNodes(clear);
  }, []);

  return { onNodesChange, onEdgesChange, onDrop };
}

/** Silhouettes have different sizes; what lies on the grid is their centre, which React Flow's own snapping does not know. */
function movedPlaces(changes: readonly NodeChange<FlowNode>[]): Map<string, Position> | null {
  const moved = new Map<string, Position>();
  for (const change of changes) {
    if (change.type === 'position' && change.position !== undefined) {
      moved.set(change.id, snap(change.position));
    }
  }
  return moved.size === 0 ? null : moved;
}
