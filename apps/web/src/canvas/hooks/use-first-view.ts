import type { Topology } from '@vethlab/topology';
import { useCallback, useEffect, useRef } from 'react';
import { useLabStore } from '../../lab';
import { useViewStore } from '../../view';
import { setCanvas } from '../state/canvas-store';
import { canvasView } from '../state/canvas-view';
import { useInitialLayout } from './use-initial-layout';

/** A lab that is opened shows itself whole; gestures of the lab before are forgotten. */
export function useFirstView(topology: Topology): void {
  const labId = useLabStore((lab) => lab.labId);
  const loaded = useLabStore((lab) => lab.topology !== null);
  const shown = useRef<string | null>(null);
  // An empty lab stays at life size. At once: whoever clicks in the first moment must not have the drawing glide away below the pointer.
  const fit = useCallback(() => canvasView()?.fit({ atOnce: true }), []);

  useEffect(() => {
    if (labId === null || !loaded || shown.current === labId) return;
    shown.current = labId;
    setCanvas({ computed: new Map(), dragged: new Map(), picking: null, offer: null, note: null, renaming: null });
    // Two frames: one for React to hand the nodes over, one for React Flow to take them in.
    requestAnimationFrame(() => requestAnimationFrame(fit));
  }, [labId, loaded, fit]);
  const presentation = useViewStore((view) => view.presentation);
  const before = useRef(presentation);
  useEffect(() => {
    if (before.current === presentation) return;
    before.current = presentation;
    // The panels leave or come back first; then the canvas has its new size.
    requestAnimationFrame(() => requestAnimationFrame(() => canvasView()?.fit()));
  }, [presentation]);
  useInitialLayout(loaded ? labId : null, topology, fit);
}
