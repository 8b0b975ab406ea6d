import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { useLabStore } from '../../lab';
import type { FlowNode } from '../nodes/node-data';

/** A lab larger than this is easier to cross with an overview even when all of it is in sight. */
const manyNodes = 40;

/**
 * False until a lab has been drawn whole for the first time. The overview draws every node once more, at each change of any;
 * while a large lab is opened and applied that would be the most work of all, for a picture that is not finished.
 */
export function useDrawnOnce(done: boolean): boolean {
  const labId = useLabStore((lab) => lab.labId);
  const isApplying = useLabStore((lab) => lab.progress !== null || lab.topology === null);
  const [drawn, setDrawn] = useState<string | null>(null);
  const isDrawn = done && !isApplying;
  useEffect(() => {
    if (isDrawn) setDrawn(labId);
  }, [isDrawn, labId]);
  return drawn !== null && drawn === labId;
}

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
