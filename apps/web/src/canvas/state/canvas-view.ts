import type { Position } from '@vethlab/topology';

/** What the palette, actions and panels may ask of the view of the canvas. */
export interface CanvasView {
  /** Middle of what is in sight, in canvas units. */
  center(): Position;
  /** Whether a place, in canvas units, is in sight. */
  holds(place: Position): boolean;
  /** Pixels from a place, in canvas units, to the edges of what is in sight. */
  roomAround(place: Position): { above: number; below: number; left: number; right: number };
  toCanvas(screen: Position): Position;
  /** Brings the whole drawing into sight; it glides there unless it has to be there at once. */
  fit(how?: { readonly atOnce: boolean }): void;
  zoomBy(factor: number): void;
  reveal(nodes: readonly string[]): void;
  focusNode(name: string): void;
  /** Moves the focus to a node that was just made, if some node has it: what has the focus and what is selected stay one. */
  takeFocusAlong(name: string): void;
}

let current: CanvasView | null = null;

/** The canvas announces itself while it is on the page. */
export function setCanvasView(view: CanvasView | null): void {
  current = view;
}

export const canvasView = (): CanvasView | null => current;
