import type { Position } from '@vethlab/topology';
import { leavePoint } from './silhouette';
import type { PlacedShape } from './wire-path';

export interface ProbePath {
  /** SVG path data. */
  readonly d: string;
  readonly label: Position;
  readonly end: Position;
  /** Direction of arrival in degrees, for the arrow head. */
  readonly angle: number;
}

/** A thin arc from node to node; it bows to the left of its direction, so that a pair of probes does not lie on itself. */
export function probePath(from: PlacedShape, to: PlacedShape, rank: number): ProbePath {
  const dx = to.center.x - from.center.x;
  const dy = to.center.y - from.center.y;
  const distance = Math.hypot(dx, dy) || 1;
  const bow = Math.min(140, Math.max(44, distance * 0.22)) + rank * 22;
  const control = {
    x: from.center.x + dx / 2 + (dy / distance) * bow * 1.4,
    y: from.center.y + dy / 2 - (dx / distance) * bow * 1.4,
  };
  const start = leavePoint(from.shape, from.center, from.center, control, 4);
  const end = leavePoint(to.shape, to.center, to.center, control, 5);
  const round = (value: number): string => value.toFixed(1);
  return {
    d: `M${round(start.x)} ${round(start.y)} Q${round(control.x)} ${round(control.y)} ${round(end.x)} ${round(end.y)}`,
    label: { x: (start.x + 2 * control.x + end.x) / 4, y: (start.y + 2 * control.y + end.y) / 4 },
    end,
    angle: (Math.atan2(end.y - control.y, end.x - control.x) * 180) / Math.PI,
  };
}
