import { useInternalNode } from '@xyflow/react';
import type { Silhouette } from '../geometry/silhouette';
import type { PlacedShape } from '../geometry/wire-path';

/** Where both ends of an edge are now, also while one of them is dragged. Null until React Flow knows both nodes. */
export function useEnds(
  source: string,
  target: string,
  shapes: readonly [Silhouette, Silhouette] | undefined,
): readonly [PlacedShape, PlacedShape] | null {
  const from = useInternalNode(source);
  const to = useInternalNode(target);
  if (!from || !to || !shapes) return null;
  // The canvas places nodes by their centre (nodeOrigin), so this is the centre.
  return [
    { center: from.position, shape: shapes[0] },
    { center: to.position, shape: shapes[1] },
  ];
}
