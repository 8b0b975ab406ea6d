import type { Position } from '@vethlab/topology';
import { leavePoint } from './silhouette';
import type { PlacedShape } from './wire-path';

export interface ProbePath {
  /** SVG path data. */
  readonly d: string;
  /** Unit vector from the straight line to the top of the arc: a label grows in this direction, away from the wire. */
  readonly outward: Position;
  readonly start: Position;
  readonly control: Position;
  readonly end: Position;
  /** Direction of arrival in degrees, for the arrow head. */
  readonly angle: number;
}

/** Which way an arc bows, seen in its direction. */
export type BowSide = 'left' | 'right';

/** Between the arcs of several pings of the same two nodes: a label is 18 high. */
const rankStep = 22;

/** How far the top of the arc is from the straight line: enough to clear a caption that stands over a node between the two. */
export function bowHeight(distance: number, rank: number): number {
  return Math.min(132, Math.max(44, distance * 0.18)) + rank * rankStep;
}

/** A thin arc from node to node. */
export function probePath(from: PlacedShape, to: PlacedShape, rank: number, side: BowSide): ProbePath {
  const dx = to.center.x - from.center.x;
  const dy = to.center.y - from.center.y;
  const distance = Math.hypot(dx, dy) || 1;
  // A quadratic curve comes half as far as its control point.
  const sign = side === 'left' ? 1 : -1;
  const reach = 2 * bowHeight(distance, rank) * sign;
  const control = {
    x: from.center.x + dx / 2 + (dy / distance) * reach,
    y: from.center.y + dy / 2 - (dx / distance) * reach,
  };
  const start = leavePoint(from.shape, from.center, from.center, control, 4);
  const end = leavePoint(to.shape, to.center, to.center, control, 5);
  const round = (value: number): string => value.toFixed(1);
  return {
    d: `M${round(start.x)} ${round(start.y)} Q${round(control.x)} ${round(control.y)} ${round(end.x)} ${round(end.y)}`,
    outward: { x: (dy / distance) * sign, y: (-dx / distance) * sign },
    start,
    control,
    end,
    angle: (Math.atan2(end.y - control.y, end.x - control.x) * 180) / Math.PI,
  };
}

/**
 * A place on the arc for a label of this width: `at` from 0 (start) to 1 (end). Beside a steep wire a label stands next to
 * its arc, not across it.
 */
export function pointOnArc({ start, control, end, outward }: ProbePath, at: number, labelWidth: number): Position {
  const [a, b, c] = [(1 - at) ** 2, 2 * at * (1 - at), at ** 2];
  return {
    x: a * start.x + b * control.x + c * end.x + outward.x * Math.abs(outward.x) * (labelWidth / 2),
    y: a * start.y + b * control.y + c * end.y,
  };
}
