import type { Position } from '@vethlab/topology';

/** A rectangle in canvas units; x and y are its upper left corner. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function boxAround(center: Position, width: number, height: number): Box {
  return { x: center.x - width / 2, y: center.y - height / 2, width, height };
}

export function boxesMeet(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Whether a straight line from one point to another runs through a box (Liang and Barsky's clipping). */
export function lineMeets(from: Position, to: Position, box: Box): boolean {
  let [enter, leave] = [0, 1];
  const clip = (delta: number, distance: number): boolean => {
    if (delta === 0) return distance >= 0;
    const at = distance / delta;
    if (delta < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
    return enter <= leave;
  };
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  return (
    clip(-dx, from.x - box.x) &&
    clip(dx, box.x + box.width - from.x) &&
    clip(-dy, from.y - box.y) &&
    clip(dy, box.y + box.height - from.y)
  );
}

/** Side of a cell: about the width of a label, so that most boxes lie in one or two. */
const cellSize = 128;

/** Things with a box, found by place: what meets a box is a look at a few cells, however much is drawn. */
export class BoxIndex<Item extends { readonly box: Box }> {
  readonly #cells = new Map<string, Item[]>();

  add(item: Item): void {
    for (const key of cellsOf(item.box)) {
      const cell = this.#cells.get(key);
      if (cell) cell.push(item);
      else this.#cells.set(key, [item]);
    }
  }

  /** Each item that meets the box and passes; one that lies in several cells may be asked for more than once. */
  some(box: Box, passes: (item: Item) => boolean): boolean {
    for (const key of cellsOf(box)) {
      for (const item of this.#cells.get(key) ?? []) if (boxesMeet(item.box, box) && passes(item)) return true;
    }
    return false;
  }
}

function* cellsOf({ x, y, width, height }: Box): Generator<string> {
  for (let column = Math.floor(x / cellSize); column <= Math.floor((x + width) / cellSize); column += 1) {
    for (let row = Math.floor(y / cellSize); row <= Math.floor((y + height) / cellSize); row += 1) {
      yield `${column},${row}`;
    }
  }
}
