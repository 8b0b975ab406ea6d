import type { Topology } from '@vethlab/topology';
import { useEffect, useMemo, useRef, useState } from 'react';
import { computeLayout } from '../canvas/layout/compute-layout';
import type { Places } from '../canvas/nodes/node-data';
import { placeMissing } from '../canvas/placement/place-missing';

const nowhere: Places = new Map();

/**
 * Where everything stands: laid out once, from what there was at the first look; what comes later goes beside its neighbours,
 * and nothing that stands somewhere moves. Null until the layout is there.
 */
export function useMachinePlaces(topology: Topology): Places | null {
  const [laidOut, setLaidOut] = useState<Places | null>(null);
  const stood = useRef(nowhere);
  const first = useRef(topology);
  useEffect(() => {
    let left = false;
    computeLayout(first.current)
      // Without a layout the nodes stand in plain rows: usable.
      .catch(() => nowhere)
      .then((places) => {
        if (!left) setLaidOut(places);
      });
    return () => {
      left = true;
    };
  }, []);
  const places = useMemo(() => {
    if (laidOut === null) return null;
    return placeMissing(topology, new Map([...laidOut, ...stood.current]));
  }, [topology, laidOut]);
  useEffect(() => {
    if (places !== null) stood.current = new Map([...stood.current, ...places]);
  }, [places]);
  return places;
}
