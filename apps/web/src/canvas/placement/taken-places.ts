import type { Position, Topology } from '@vethlab/topology';
import { placesNow } from '../state/places-now';

/**
 * Where every node stands, with what the last drawing does not show yet: two clicks may come between two drawings, and the
 * second must know of the first.
 */
export function takenPlaces(topology: Topology): ReadonlyMap<string, Position> {
  return new Map([...placesNow(), ...Object.entries(topology.canvas.nodes)]);
}
