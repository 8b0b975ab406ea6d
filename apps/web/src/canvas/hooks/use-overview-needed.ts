import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import type { FlowNode } from '../nodes/node-data';

/** A lab larger than this is easier to cross with an overview even when all of it is in sight. */
const manyNodes = 40;

/** Whether the overview is of use: when a part of the lab is out of sight, or when it is large. Otherwise it only covers the canvas. */
export function useOverviewNeeded(nodes: readonly FlowNode[]): boolean {
  const bounds = useMemo(() => boundsOf(nodes), [nodes]);
  const isHidden = useCallback(
    ({ transform: [left, top, zoom], width, height }: ReactFlowState): boolean =>
      bounds !== null &&
      (bounds.left * zoom + left < 0 ||
        bounds.top * zoom + top < 0 ||
        bounds.right * zoom + left > width ||
        bounds.bottom * zoom + top > height),
    [bounds],
  );
  const hidden = useStore(isHidden);
  return hidden || nodes.length > manyNodes;
}

function boundsOf(nodes: readonly FlowNode[]) {
  if (nodes.length < 2) return null;
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { position } of nodes) {
    left = Math.min(left, position.x);
    top = Math.min(top, position.y);
    right = Math.max(right, position.x);
    bottom = Math.max(bottom, position.y);
  }
  return { left, top, right, bottom };
}
