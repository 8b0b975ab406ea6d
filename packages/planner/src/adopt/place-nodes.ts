import type { Link, Position } from '@vethlab/topology';
import { partsOf } from '../desired/endpoint.js';

/** Distance between the places of a grid, in pixels at zoom 1: nodes with their names and a wire with its addresses between fit. */
const columnPx = 220;
const rowPx = 180;

/** Nearer than this to another node, a node would lie on it or on its name. */
const clearXPx = 160;
const clearYPx = 130;

/** Rings of places round the best one that are tried before a node is put below everything. */
const ringsMax = 60;

/**
 * Places for nodes that have none: beside what they are wired to, in a grid, on nobody. The same input gives the same
 * places, and nodes that have a place keep it.
 */
export function placeNodes(
  names: readonly string[],
  links: Iterable<Link>,
  known: ReadonlyMap<string, Position>,
): ReadonlyMap<string, Position> {
  const places = new Map(known);
  const neighbours = neighboursOf(names, links);
  const placed = new Map<string, Position>();
  const waiting = new Set(names);
  while (waiting.size > 0) {
    const name = nextOf(waiting, neighbours, places);
    waiting.delete(name);
    const near = (neighbours.get(name) ?? []).flatMap((other) => places.get(other) ?? []);
    const place = freePlace(near.length > 0 ? middleOf(near) : besideAll(places), near.length > 0, places);
    places.set(name, place);
    placed.set(name, place);
  }
  return placed;
}

/** The one with the most neighbours that have a place; the first of equals. */
function nextOf(
  waiting: ReadonlySet<string>,
  neighbours: ReadonlyMap<string, readonly string[]>,
  places: ReadonlyMap<string, Position>,
): string {
  let best = '';
  let most = -1;
  for (const name of waiting) {
    const count = (neighbours.get(name) ?? []).filter((other) => places.has(other)).length;
    if (count <= most) continue;
    best = name;
    most = count;
  }
  return best;
}

function neighboursOf(names: readonly string[], links: Iterable<Link>): ReadonlyMap<string, readonly string[]> {
  const neighbours = new Map<string, string[]>(names.map((name) => [name, []]));
  for (const { endpoints } of links) {
    const [a, b] = [partsOf(endpoints[0]).namespace, partsOf(endpoints[1]).namespace];
    if (a === b) continue;
    neighbours.get(a)?.push(b);
    neighbours.get(b)?.push(a);
  }
  return neighbours;
}

function middleOf(positions: readonly Position[]): Position {
  const sum = positions.reduce((total, { x, y }) => ({ x: total.x + x, y: total.y + y }), { x: 0, y: 0 });
  return { x: sum.x / positions.length, y: sum.y / positions.length };
}

/** To the right of the drawing, in its top row: who types the nodes first sees them in a row. */
function besideAll(places: ReadonlyMap<string, Position>): Position {
  let right = Number.NEGATIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  for (const { x, y } of places.values()) {
    right = Math.max(right, x);
    top = Math.min(top, y);
  }
  return places.size === 0 ? { x: 0, y: 0 } : { x: right + columnPx, y: top };
}

/** The nearest place of the grid round `centre` that is clear of everybody; the centre itself when nothing is wired there. */
function freePlace(centre: Position, isWired: boolean, places: ReadonlyMap<string, Position>): Position {
  const taken = [...places.values()];
  const isFree = ({ x, y }: Position) =>
    taken.every((other) => Math.abs(other.x - x) >= clearXPx || Math.abs(other.y - y) >= clearYPx);
  const start = { x: Math.round(centre.x), y: Math.round(centre.y) };
  if (!isWired && isFree(start)) return start;
  for (let ring = 0; ring <= ringsMax; ring += 1) {
    const found = placesOfRing(start, ring).find(isFree);
    if (found !== undefined) return found;
  }
  const bottom = Math.max(...taken.map(({ y }) => y));
  return { x: start.x, y: bottom + rowPx };
}

/** Places at `ring` steps from the centre: beside it first, then below, then above. */
function placesOfRing({ x, y }: Position, ring: number): readonly Position[] {
  const found: { readonly at: Position; readonly distance: number }[] = [];
  for (let row = -ring; row <= ring; row += 1) {
    for (let column = -ring; column <= ring; column += 1) {
      if (Math.max(Math.abs(row), Math.abs(column)) !== ring) continue;
      const distance = Math.abs(column) + Math.abs(row) * 1.1 + (column < 0 ? 0.01 : 0) + (row < 0 ? 0.02 : 0);
      found.push({ at: { x: x + column * columnPx, y: y + row * rowPx }, distance });
    }
  }
  return found.sort((a, b) => a.distance - b.distance).map(({ at }) => at);
}
