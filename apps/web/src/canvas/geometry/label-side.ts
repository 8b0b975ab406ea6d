import type { Position } from '@vethlab/topology';

/** Where the name stands beside its silhouette; `corner`: below, right of a wire that leaves there. */
export type LabelSide = 'below' | 'above' | 'right' | 'left' | 'corner';

/** Angles on screen (y grows downwards). In the order people expect a caption. */
const sides: readonly { readonly side: LabelSide; readonly angle: number; readonly spread: number }[] = [
  // A caption is wide and low: below and above it hides a wider fan of wires than at the sides.
  { side: 'below', angle: Math.PI / 2, spread: 0.95 },
  { side: 'above', angle: -Math.PI / 2, spread: 0.95 },
  { side: 'right', angle: 0, spread: 0.4 },
  { side: 'left', angle: Math.PI, spread: 0.4 },
];

/** The first side that no wire crosses; with wires on every side, below. */
export function labelSide(center: Position, neighbours: readonly Position[]): LabelSide {
  const angles = neighbours.map((point) => Math.atan2(point.y - center.y, point.x - center.x));
  const free = sides.find(({ angle, spread }) => angles.every((wire) => angleBetween(wire, angle) > spread));
  return free?.side ?? 'below';
}

function angleBetween(a: number, b: number): number {
  const turn = Math.abs(a - b) % (2 * Math.PI);
  return turn > Math.PI ? 2 * Math.PI - turn : turn;
}
