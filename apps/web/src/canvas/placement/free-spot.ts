import type { Position } from '@vethlab/topology';
import { snap } from './grid';
import { Occupancy } from './occupancy';

/** Distance of neighbours that were placed by themselves: room between them for a wire with interface names and an address. */
export const nodeRoom = { width: 224, height: 152 } as const;

/** How many rings of places are tried before giving up tidiness: 40 rings hold over 6,000 nodes, more than a lab may have. */
const maxRings = 40;

/** The free place nearest to the wanted one: never on another node. Tries rings of cells around it, nearest first. */
export function freeSpot(wanted: Position, taken: Occupancy | Iterable<Position>): Position {
  const occupied = taken instanceof Occupancy ? taken : new Occupancy(taken);
  for (let ring = 0; ring <= maxRings; ring += 1) {
    for (const cell of ringCells(ring)) {
      const spot = snap({ x: wanted.x + cell.x * nodeRoom.width, y: wanted.y + cell.y * nodeRoom.height });
      if (occupied.isFree(spot)) return spot;
    }
  }
  return snap(wanted);
}

const rings: Position[][] = [];

/** Cells at ring distance `ring`: right first, then around, so that clicks on "Add host" make a row. */
function ringCells(ring: number): readonly Position[] {
  const known = rings[ring] ?? makeRing(ring);
  rings[ring] = known;
  return known;
}

function makeRing(ring: number): Position[] {
  if (ring === 0) return [{ x: 0, y: 0 }];
  const cells: Position[] = [];
  for (let x = -ring; x <= ring; x += 1) {
    for (let y = -ring; y <= ring; y += 1) {
      if (Math.max(Math.abs(x), Math.abs(y)) === ring) cells.push({ x, y });
    }
  }
  const score = (cell: Position): number =>
    Math.abs(cell.y) * 2.1 + Math.abs(cell.x) + (cell.x < 0 ? 0.1 : 0) + (cell.y < 0 ? 0.2 : 0);
  return cells.sort((a, b) => score(a) - score(b));
}
