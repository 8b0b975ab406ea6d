import type { NodeKind, Position } from '@vethlab/topology';

/** Outline of a node around its centre, in canvas units. A circle is a square whose corner radius is half its side. */
export interface Silhouette {
  readonly width: number;
  readonly height: number;
  readonly radius: number;
}

/** Everything that is drawn as a node; `root` is the box of the root namespace. */
export type SilhouetteKind = NodeKind | 'unmanaged' | 'root';

/** host: rounded square; router: circle; switch: wide rectangle; internet: cloud, whose lines end at a rounded box around it. Known at any zoom and in grey. */
export const silhouettes: Readonly<Record<SilhouetteKind, Silhouette>> = {
  host: { width: 56, height: 56, radius: 14 },
  router: { width: 60, height: 60, radius: 30 },
  switch: { width: 96, height: 44, radius: 9 },
  internet: { width: 88, height: 56, radius: 26 },
  unmanaged: { width: 56, height: 56, radius: 14 },
  root: { width: 112, height: 36, radius: 6 },
};

/** Signed distance from a point (relative to the centre) to the outline: negative inside. */
export function distanceToOutline(shape: Silhouette, x: number, y: number): number {
  const qx = Math.abs(x) - (shape.width / 2 - shape.radius);
  const qy = Math.abs(y) - (shape.height / 2 - shape.radius);
  const outside = Math.hypot(Math.max(qx, 0), Math.max(qy, 0));
  return outside + Math.min(Math.max(qx, qy), 0) - shape.radius;
}

/**
 * Where a ray that starts inside a silhouette at `from` and goes to `to` is `gap` units outside of the outline.
 * When `to` is not that far out (the nodes overlap), `to` itself.
 */
export function leavePoint(shape: Silhouette, center: Position, from: Position, to: Position, gap: number): Position {
  const at = (t: number): Position => ({ x: from.x + (to.x - from.x) * t, y: from.y + (to.y - from.y) * t });
  const clearance = (t: number): number => {
    const point = at(t);
    return distanceToOutline(shape, point.x - center.x, point.y - center.y) - gap;
  };
  if (clearance(1) <= 0) return to;
  let inside = 0;
  let outside = 1;
  // 20 halvings of a 10,000 unit line leave an error of a hundredth of a unit.
  for (let step = 0; step < 20; step += 1) {
    const middle = (inside + outside) / 2;
    if (clearance(middle) > 0) outside = middle;
    else inside = middle;
  }
  return at(outside);
}
