import type { Position } from '@vethlab/topology';
import { type ReactFlowState, useStore } from '@xyflow/react';
import { useCallback } from 'react';
import type { Silhouette } from '../geometry/silhouette';
import type { PlacedShape } from '../geometry/wire-path';

interface Centers {
  readonly from: Position | undefined;
  readonly to: Position | undefined;
}

/**
 * Where both ends of an edge are now, also while one of them is dragged. Null until React Flow knows both nodes. One look
 * at the store for both: every look is taken again at each of its changes, by each of a thousand edges.
 */
export function useEnds(
  source: string,
  target: string,
  shapes: readonly [Silhouette, Silhouette] | undefined,
): readonly [PlacedShape, PlacedShape] | null {
  // The canvas places nodes by their centre (nodeOrigin), so these are centres.
  const look = useCallback(
    ({ nodeLookup }: ReactFlowState): Centers => ({
      from: nodeLookup.get(source)?.position,
      to: nodeLookup.get(target)?.position,
    }),
    [source, target],
  );
  const { from, to } = useStore(look, sameCenters);
  if (from === undefined || to === undefined || shapes === undefined) return null;
  return [
    { center: from, shape: shapes[0] },
    { center: to, shape: shapes[1] },
  ];
}

function sameCenters(a: Centers, b: Centers): boolean {
  return isSame(a.from, b.from) && isSame(a.to, b.to);
}

function isSame(a: Position | undefined, b: Position | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && a.x === b.x && a.y === b.y);
}
