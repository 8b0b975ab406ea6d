import { useEffect, useMemo, useRef, useState } from 'react';
import type { FlowEdge } from '../edges/edge-data';
import type { FlowNode } from '../nodes/node-data';
import { pace } from './pace';

/** Nodes or edges taken over in one frame, at first: a lab of this size is drawn at once, on any machine. */
const startSlice = 60;
const sliceLimits = { least: 20, most: 400 } as const;
/** A frame that took longer than this asks for smaller slices; one that took less than half of it, for larger ones. */
const frameGoalMs = 40;

interface Elements {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
}

/**
 * Hands a large lab to React Flow in slices, one in a frame. React Flow draws all that it is given in one go, and a
 * thousand nodes at once would hold the page for a second: nobody could pan, click or read the progress meanwhile.
 */
export function usePaced(nodes: FlowNode[], edges: FlowEdge[]): Elements {
  const shown = useRef<Elements>({ nodes: [], edges: [] });
  const slice = useRef(startSlice);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn takes the next slice of the same elements.
  const step = useMemo(() => {
    const nodeStep = pace(shown.current.nodes, nodes, slice.current);
    const room = Math.max(sliceLimits.least, slice.current - nodeStep.taken);
    const edgeStep = pace(shown.current.edges, edges, room);
    return { nodes: nodeStep.elements, edges: edgeStep.elements, done: nodeStep.done && edgeStep.done };
  }, [nodes, edges, turn]);

  useEffect(() => {
    shown.current = { nodes: step.nodes, edges: step.edges };
    if (step.done) return;
    const started = performance.now();
    // A frame never comes in a hidden tab, and then nothing has to be drawn.
    const frame = requestAnimationFrame(() => {
      const tookMs = performance.now() - started;
      if (tookMs > frameGoalMs) slice.current = Math.max(sliceLimits.least, Math.floor(slice.current / 2));
      else if (tookMs < frameGoalMs / 2) slice.current = Math.min(sliceLimits.most, slice.current * 2);
      setTurn((last) => last + 1);
    });
    return () => cancelAnimationFrame(frame);
  }, [step]);

  return step;
}
