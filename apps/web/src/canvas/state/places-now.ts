import type { Places } from '../nodes/node-data';

let places: Places = new Map();

/** Where every node stands on the canvas now, for acts that run outside of React. The canvas writes it at each change. */
export const placesNow = (): Places => places;
export function setPlacesNow(next: Places): void {
  places = next;
}
