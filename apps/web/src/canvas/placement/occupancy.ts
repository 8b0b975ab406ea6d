import type { Position } from '@vethlab/topology';

/** Nearer than this in both directions, silhouettes or captions would touch. */
export const clearance = { width: 128, height: 104 } as const;

/** Which places are taken, in cells as large as the clearance: whether a spot is free is a look at nine cells, however many nodes there are. */
export class Occupancy {
  readonly #cells = new Map<string, Position[]>();

  constructor(taken: Iterable<Position>) {
    for (const place of taken) this.add(place);
  }

  add(place: Position): void {
    const key = cellKey(cellOf(place.x, clearance.width), cellOf(place.y, clearance.height));
    const cell = this.#cells.get(key);
    if (cell) cell.push(place);
    else this.#cells.set(key, [place]);
  }

  isFree(spot: Position): boolean {
    const [column, row] = [cellOf(spot.x, clearance.width), cellOf(spot.y, clearance.height)];
    for (let x = column - 1; x <= column + 1; x += 1) {
      for (let y = row - 1; y <= row + 1; y += 1) {
        const near = this.#cells.get(cellKey(x, y)) ?? [];
        if (near.some((other) => touches(other, spot))) return false;
      }
    }
    return true;
  }
}

const cellOf = (at: number, size: number): number => Math.floor(at / size);
const cellKey = (column: number, row: number): string => `${column},${row}`;

function touches(a: Position, b: Position): boolean {
  return Math.abs(a.x - b.x) < clearance.width && Math.abs(a.y - b.y) < clearance.height;
}
