import type { NodeKind } from '@vethlab/topology';
import { useReactFlow } from '@xyflow/react';
import { type DragEvent, useCallback } from 'react';
import { addNode } from '../acts/add-node';

/** Type of what the palette puts on a drag; the value is a node kind. */
export const kindDragType = 'application/x-vethlab-kind';

const kinds: readonly NodeKind[] = ['host', 'router', 'switch', 'internet'];

/** A kind dropped from the palette becomes a node where it was dropped. Anything else is left to whoever wants it. */
export function usePaletteDrop() {
  const { screenToFlowPosition } = useReactFlow();
  const onDragOver = useCallback((event: DragEvent): void => {
    if (!event.dataTransfer.types.includes(kindDragType)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
  }, []);
  const onDrop = useCallback(
    (event: DragEvent): void => {
      const text = event.dataTransfer.getData(kindDragType);
      const kind = kinds.find((one) => one === text);
      if (kind === undefined) return;
      event.preventDefault();
      void addNode(kind, screenToFlowPosition({ x: event.clientX, y: event.clientY }));
    },
    [screenToFlowPosition],
  );
  return { onDragOver, onDrop };
}
