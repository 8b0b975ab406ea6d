import type { Position } from '@vethlab/topology';
import type { Places } from '../nodes/node-data';
import { freeSpot, nodeRoom } from '../placement/free-spot';
import { Occupancy } from '../placement/occupancy';

/** Something to be placed beside what it is wired to. */
export interface Unplaced {
  readonly id: string;
  /** Ids of nodes, placed or not. */
  readonly neighbours: readonly string[];
  /** Always under what it is wired to: beside it, its wires would run through others of the row. */
  readonly under?: boolean;
}

/** Where a ghost goes that is wired to nothing: in a row of their own, or where it will stand when it is adopted at once. */
export type GhostRow = 'below' | 'beside';

/**
 * A place for every ghost, on nobody. One that had a place keeps it for as long as nothing of the document is put there,
 * so nothing jumps from message to message. A new one goes beside what it is wired to, or into the row of ghosts.
 *
 * @param nodes where the nodes of the document stand
 * @param before where ghosts stood in the last drawing
 */
export function placeGhosts(nodes: Places, ghosts: readonly Unplaced[], before: Places, row: GhostRow): Places {
  const places = new Map(nodes);
  const taken = new Occupancy(nodes.values());
  const settle = (id: string, place: Position): void => {
    places.set(id, place);
    taken.add(place);
  };
  for (const { id } of ghosts) {
    const place = before.get(id);
    if (place !== undefined && taken.isFree(place)) settle(id, place);
  }
  const start = row === 'below' && nodes.size > 0 ? cornerBelow(nodes) : null;
  // Last, when all is placed that they may be wired to.
  for (const { id, neighbours, under } of ghosts.toSorted(
    (a, b) => Number(a.under ?? false) - Number(b.under ?? false),
  )) {
    if (places.has(id)) continue;
    const near = neighbours.flatMap((other) => places.get(other) ?? []);
    if (under === true) settle(id, freeSpot(underThese(near, places), taken));
    else if (near.length > 0)
      settle(id, freeSpot(start === null ? middleOf(near) : below(middleOf(near), start), taken));
    else settle(id, start === null ? freeSpot(besideDrawing(places), taken) : nextInRow(start, taken));
  }
  return places;
}

/** Between all that it is wired to; the free spot nearest to that is beside the only one. */
function middleOf(near: readonly Position[]): Position {
  const middle = (pick: (place: Position) => number): number =>
    near.reduce((sum, place) => sum + pick(place), 0) / near.length;
  return { x: middle((place) => place.x), y: middle((place) => place.y) };
}

/** Not between the nodes of the document, where its wires would run through others. */
const below = (place: Position, start: Position): Position => ({ x: place.x, y: Math.max(place.y, start.y) });

/** Under the middle of what it is wired to, or under the whole drawing. */
function underThese(near: readonly Position[], places: Places): Position {
  if (near.length > 0) {
    const lowest = Math.max(...near.map(({ y }) => y));
    return { x: middleOf(near).x, y: lowest + nodeRoom.height };
  }
  return places.size === 0 ? { x: 0, y: 0 } : cornerBelow(places);
}

function nextInRow(start: Position, taken: Occupancy): Position {
  let { x } = start;
  while (!taken.isFree({ x, y: start.y })) x += nodeRoom.width;
  return { x, y: start.y };
}

function cornerBelow(places: Places): Position {
  let left = Number.POSITIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (const { x, y } of places.values()) {
    left = Math.min(left, x);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: bottom + nodeRoom.height };
}

/** To the right of everything, in the top row. */
function besideDrawing(places: Places): Position {
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  for (const { x, y } of places.values()) {
    right = Math.max(right, x);
    top = Math.min(top, y);
  }
  return places.size === 0 ? { x: 0, y: 0 } : { x: right + nodeRoom.width, y: top };
}
