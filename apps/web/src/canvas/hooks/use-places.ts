import type { Topology } from '@vethlab/topology';
import { useMemo } from 'react';
import { unmanagedId } from '../nodes/derive-nodes';
import type { Places } from '../nodes/node-data';
import { placeMissing } from '../placement/place-missing';
import { useCanvasStore } from '../state/canvas-store';

/** Where every node stands: as the document says, as the layout computed, or beside its neighbours. */
export function usePlaces(topology: Topology, unmanaged: readonly string[]): Places {
  const computed = useCanvasStore((canvas) => canvas.computed);
  return useMemo(() => placeMissing(topology, computed, unmanaged.map(unmanagedId)), [topology, computed, unmanaged]);
}
