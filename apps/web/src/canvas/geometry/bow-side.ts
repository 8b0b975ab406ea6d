import type { Position } from '@vethlab/topology';
import { type BowSide, bowHeight } from './probe-path';

/** With this much room around its label an arc keeps to the left; nothing is gained by moving it. */
const enoughRoom = 80;

/** Half the room of a label on an arc, in canvas units: of a round-trip time, and of most words. */
export const arcLabelReach = { x: 48, y: 16 } as const;

/** The side on which the label of an arc has more room: to the left of its direction unless something is in the way there. */
export function bowSide(from: Position, to: Position, rank: number, obstacles: readonly Position[]): BowSide {
  const room = (side: BowSide): number => {
    const top = topOfArc(from, to, rank, side);
    let nearest = Number.POSITIVE_INFINITY;
    for (const other of obstacles) nearest = Math.min(nearest, Math.hypot(other.x - top.x, other.y - top.y));
    return nearest;
  };
  const left = room('left');
  return left >= enoughRoom || left >= room('right') ? 'left' : 'right';
}

/** The middle of a label of usual width on an arc: at its top, and beside it where the arc is steep (`pointOnArc`). */
export function labelOfArc(from: Position, to: Position, rank: number, side: BowSide): Position {
  const top = topOfArc(from, to, rank, side);
  const distance = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const outward = ((to.y - from.y) / distance) * (side === 'left' ? 1 : -1);
  return { x: top.x + outward * Math.abs(outward) * arcLabelReach.x, y: top.y };
}

/** Where the top of an arc is. */
function topOfArc(from: Position, to: Position, rank: number, side: BowSide): Position {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const distance = Math.hypot(dx, dy) || 1;
  const height = bowHeight(distance, rank) * (side === 'left' ? 1 : -1);
  return { x: (from.x + to.x) / 2 + (dy / distance) * height, y: (from.y + to.y) / 2 - (dx / distance) * height };
}
