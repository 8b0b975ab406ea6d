import type { Topology } from '@vethlab/topology';
import { useEffect, useMemo, useRef } from 'react';
import { useLabStore } from '../../lab';
import { placeGhosts, type Unplaced } from '../ghosts/place-ghosts';
import type { Places } from '../nodes/node-data';
import { placeMissing } from '../placement/place-missing';
import { useCanvasStore } from '../state/canvas-store';

const nowhere: Places = new Map();

/** Where every node stands: as the document says, as the layout computed, or beside its neighbours; ghosts where they stood. */
export function usePlaces(topology: Topology, ghosts: readonly Unplaced[]): Places {
  const computed = useCanvasStore((canvas) => canvas.computed);
  const row = useLabStore((lab) => (lab.follow ? 'beside' : 'below'));
  const before = useRef(nowhere);
  const nodes = useMemo(() => placeMissing(topology, computed), [topology, computed]);
  const places = useMemo(
    () => (ghosts.length === 0 ? nodes : placeGhosts(nodes, ghosts, before.current, row)),
    [nodes, ghosts, row],
  );
  useEffect(() => {
    before.current = places;
  }, [places]);
  return places;
}
