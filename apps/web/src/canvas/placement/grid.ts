import type { Position } from '@vethlab/topology';

/** Distance of the light grid that nodes snap to; an arrow key moves by one, shift and arrow by ten. */
export const gridUnit = 8;

export function snap(position: Position): Position {
  return { x: Math.round(position.x / gridUnit) * gridUnit, y: Math.round(position.y / gridUnit) * gridUnit };
}
