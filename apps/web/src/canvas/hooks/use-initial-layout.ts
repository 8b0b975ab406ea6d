import type { Topology } from '@vethlab/topology';
import { useEffect, useRef } from 'react';
import { computeLayout } from '../layout/compute-layout';
import { placeMissing } from '../placement/place-missing';
import { setCanvas } from '../state/canvas-store';

/** Lays out, once per lab and only on the screen, a lab whose document says nothing about places. */
export function useInitialLayout(labId: string | null, topology: Topology, whenDone: () => void): void {
  const laidOut = useRef<string | null>(null);
  const needsLayout = hasNoPlaces(topology);
  useEffect(() => {
    if (labId === null || laidOut.current === labId) return;
    if (!needsLayout) return;
    laidOut.current = labId;
    computeLayout(topology)
      .then((computed) => setCanvas({ computed }))
      // Without a layout the nodes stand in plain rows: usable, and "Tidy up" tells what is wrong.
      .catch(() => setCanvas({ computed: placeMissing(topology, new Map()) }))
      .finally(() => requestAnimationFrame(whenDone));
  }, [labId, topology, needsLayout, whenDone]);
}

/** Whether a lab waits for a layout: more than one node, and no place of any in the document. */
export function hasNoPlaces(topology: Topology): boolean {
  const names = Object.keys(topology.nodes);
  return names.length > 1 && names.every((name) => !Object.hasOwn(topology.canvas.nodes, name));
}
