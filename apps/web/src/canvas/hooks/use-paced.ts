import { useEffect, useMemo, useRef, useState } from 'react';
import type { FlowEdge } from '../edges/edge-data';
import type { FlowNode } from '../nodes/node-data';
import { pace } from './pace';

/** Nodes or edges taken over in one frame, at first: a lab of this size is drawn at once, on any machine. */
const startSlice = 60;
const sliceLimits = { least: 20, most: 250 } as const;
/** What React Flow may take for a slice, painting apart. When it takes longer, the next slice is smaller; half of it, larger. */
const sliceGoalMs = 40;

interface Elements {
  readonly nodes: FlowNode[];
  readonly edges: FlowEdge[];
}

interface PacedElements extends Elements {
  /** Nothing waits for a later frame. */
  readonly done: boolean;
}

/**
 * Hands a large lab to React Flow in slices, one in a frame. React Flow draws all that it is given in one go, and a
 * thousand nodes at once would hold the page for a second: nobody could pan, click or read the progress meanwhile.
 */
export function usePaced(nodes: FlowNode[], edges: FlowEdge[]): PacedElements {
  const shown = useRef<Elements>({ nodes: [], edges: [] });
  const next = useRef({ nodes: 0, edges: 0 });
  const slice = useRef(startSlice);
  const [turn, setTurn] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each turn takes the next slice of the same elements.
  const step = useMemo(() => {
    const startedMs = performance.now();
    const nodeStep = pace(shown.current.nodes, nodes, slice.current, next.current.nodes);
    const room = Math.max(sliceLimits.least, slice.current - nodeStep.taken);
    const edgeStep = pace(shown.current.edges, edges, room, next.current.edges);
    return {
      startedMs,
      next: { nodes: nodeStep.next, edges: edgeStep.next },
      nodes: nodeStep.elements,
      edges: edgeStep.elements,
      done: nodeStep.done && edgeStep.done,
    };
  }, [nodes, edges, turn]);

  useEffect(() => {
    shown.current = { nodes: step.nodes, edges: step.edges };
    next.current = step.next;
    if (step.done) return;
    // React Flow has been given the slice by an effect below this one, and draws it before this comes.
    queueMicrotask(() => {
      const tookMs = performance.now() - step.startedMs;
      if (tookMs > sliceGoalMs) slice.current = Math.max(sliceLimits.least, Math.floor(slice.current / 2));
      else if (tookMs < sliceGoalMs / 2) slice.current = Math.min(sliceLimits.most, slice.current * 2);
    });
    // A frame never comes in a hidden tab, and then nothing has to be drawn.
    // After the frame, so that drawing a slice and painting it are two tasks.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setTurn((last) => last + 1));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [step]);

  return step;
}
