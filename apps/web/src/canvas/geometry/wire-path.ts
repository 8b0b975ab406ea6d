import type { Position } from '@vethlab/topology';
import { leavePoint, type Silhouette } from './silhouette';

export interface PlacedShape {
  readonly center: Position;
  readonly shape: Silhouette;
}

export interface WirePath {
  readonly start: Position;
  readonly end: Position;
  /** Unit vector from start to end. */
  readonly direction: Position;
  readonly length: number;
}

/** The state marker sits between outline and wire, so the wire starts this far out. */
export const markerGap = 6;

/** Straight wire between two outlines, moved sideways by `offset` when several wires join the same two nodes. */
export function wirePath(from: PlacedShape, to: PlacedShape, offset: number): WirePath {
  const dx = to.center.x - from.center.x;
  const dy = to.center.y - from.center.y;
  const distance = Math.hypot(dx, dy) || 1;
  const side = { x: (-dy / distance) * offset, y: (dx / distance) * offset };
  const a = { x: from.center.x + side.x, y: from.center.y + side.y };
  const b = { x: to.center.x + side.x, y: to.center.y + side.y };
  const start = leavePoint(from.shape, from.center, a, b, markerGap);
  const end = leavePoint(to.shape, to.center, b, a, markerGap);
  const length = Math.hypot(end.x - start.x, end.y - start.y);
  return { start, end, direction: { x: dx / distance, y: dy / distance }, length };
}

/** Distance between neighbouring wires of one pair of nodes: the labels of two have room between them. */
const spacing = 36;

/** Sideways offset of wire `index` of `count` that join the same two nodes: centred around the straight line. */
export function parallelOffset(index: number, count: number, shape: Silhouette): number {
  // Outer wires must still touch the smaller silhouette, so many wires come closer together.
  const room = Math.min(spacing, (Math.min(shape.width, shape.height) - 16) / Math.max(1, count - 1));
  return (index - (count - 1) / 2) * room;
}

/** A point on the wire, `along` units from the start (negative: from the end), `beside` units to its left. */
export function pointOnWire(path: WirePath, along: number, beside = 0): Position {
  const base = along >= 0 ? path.start : path.end;
  return {
    x: base.x + path.direction.x * along - path.direction.y * beside,
    y: base.y + path.direction.y * along + path.direction.x * beside,
  };
}
