import type { Position } from '@vethlab/topology';
import { arcLabelReach } from './bow-side';

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Half the room of a node with its caption, in canvas units. */
const nodeReach = { x: 72, y: 68 } as const;

/** What a drawing covers, with its captions and the labels of its arcs. Null when there is nothing. */
export function drawingBounds(nodes: Iterable<Position>, arcLabels: Iterable<Position>): Bounds | null {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  const cover = (at: Position, reach: { readonly x: number; readonly y: number }): void => {
    left = Math.min(left, at.x - reach.x);
    top = Math.min(top, at.y - reach.y);
    right = Math.max(right, at.x + reach.x);
    bottom = Math.max(bottom, at.y + reach.y);
  };
  for (const node of nodes) cover(node, nodeReach);
  for (const label of arcLabels) cover(label, arcLabelReach);
  return left > right ? null : { x: left, y: top, width: right - left, height: bottom - top };
}
