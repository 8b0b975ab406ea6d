import type { Position } from '@vethlab/topology';
import type { Places } from '../nodes/node-data';
import { gridUnit } from '../placement/grid';

const directions: ReadonlyMap<string, Position> = new Map([
  ['ArrowLeft', { x: -1, y: 0 }],
  ['ArrowRight', { x: 1, y: 0 }],
  ['ArrowUp', { x: 0, y: -1 }],
  ['ArrowDown', { x: 0, y: 1 }],
]);

/** New places of the chosen nodes after an arrow key: one grid unit, ten with shift. Null when the key is no arrow. */
export function nudged(
  key: string,
  shift: boolean,
  chosen: readonly string[],
  dragged: Places,
  places: Places,
): Map<string, Position> | null {
  const direction = directions.get(key);
  if (direction === undefined || chosen.length === 0) return null;
  const step = gridUnit * (shift ? 10 : 1);
  const moved = new Map(dragged);
  for (const name of chosen) {
    const place = dragged.get(name) ?? places.get(name);
    if (place !== undefined) moved.set(name, { x: place.x + direction.x * step, y: place.y + direction.y * step });
  }
  return moved;
}
