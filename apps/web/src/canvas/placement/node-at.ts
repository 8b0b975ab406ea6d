import type { Position } from '@vethlab/topology';
import type { Places } from '../nodes/node-data';

/** Half the side of the largest silhouette that is not a switch, in canvas units. */
const halfWidth = 30;

/** The node whose centre is nearest to the point, if the point lies on it or at most `reach` outside. Ids of unmanaged namespaces are left out. */
export function nodeAt(point: Position, places: Places, reach: number): string | null {
  let best: string | null = null;
  let nearest = Number.POSITIVE_INFINITY;
  for (const [name, place] of places) {
    if (name.includes('/')) continue;
    const dx = Math.abs(place.x - point.x);
    const dy = Math.abs(place.y - point.y);
    // Captions reach out below, so a drop on a name counts as a drop on its node.
    if (dx > halfWidth + 20 + reach || dy > halfWidth + 24 + reach) continue;
    const distance = Math.hypot(dx, dy);
    if (distance < nearest) {
      nearest = distance;
      best = name;
    }
  }
  return best;
}
