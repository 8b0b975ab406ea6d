import type { Position } from '@vethlab/topology';
import { silhouettes } from '../geometry/silhouette';
import type { FlowNode } from '../nodes/node-data';
import { type Box, BoxIndex, boxAround, lineMeets } from './boxes';

export interface Drawn {
  readonly id: string;
  readonly box: Box;
}

export interface Wire {
  readonly id: string;
  readonly from: Position;
  readonly to: Position;
}

/** A long wire is looked up in pieces: the box around all of a slanting one would hold half the drawing. */
const pieceLength = 128;
/** Two texts that almost touch read as one. */
const gap = 2;

/** What is taken on the drawing, and where wires run. */
export class Room {
  readonly #taken = new BoxIndex<Drawn>();
  readonly #wires = new BoxIndex<Wire & { readonly box: Box }>();

  constructor(wires: readonly Wire[]) {
    for (const wire of wires) for (const piece of piecesOf(wire)) this.#wires.add(piece);
  }

  take(id: string, box: Box): void {
    this.#taken.add({ id, box });
  }

  /** `except`: what may be touched, such as a caption its own node. */
  isFree(box: Box, except?: string): boolean {
    const wide = { x: box.x - gap, y: box.y - gap / 2, width: box.width + 2 * gap, height: box.height + gap };
    return !this.#taken.some(wide, ({ id }) => id !== except);
  }

  /** Whether a wire runs through, other than the one it belongs to. */
  isCrossed(box: Box, own: string | null): boolean {
    return this.#wires.some(box, ({ id, from, to }) => id !== own && lineMeets(from, to, box));
  }

  isCrossedBy(box: Box, wire: { readonly start: Position; readonly end: Position }): boolean {
    return lineMeets(wire.start, wire.end, box);
  }
}

/** What a node itself covers, the markers at its wires included. */
export function shapeBoxOf(node: FlowNode): Box {
  const shape = silhouettes[node.type === 'managed' ? node.data.kind : node.data.shape];
  return boxAround(node.position, shape.width + 4, shape.height + 4);
}

function* piecesOf(wire: Wire): Generator<Wire & { readonly box: Box }> {
  const [dx, dy] = [wire.to.x - wire.from.x, wire.to.y - wire.from.y];
  const count = Math.max(1, Math.ceil(Math.hypot(dx, dy) / pieceLength));
  for (let index = 0; index < count; index += 1) {
    const from = { x: wire.from.x + (dx * index) / count, y: wire.from.y + (dy * index) / count };
    const to = { x: wire.from.x + (dx * (index + 1)) / count, y: wire.from.y + (dy * (index + 1)) / count };
    const box = {
      x: Math.min(from.x, to.x),
      y: Math.min(from.y, to.y),
      // A level wire has no height, and a box without height meets nothing.
      width: Math.abs(to.x - from.x) + 0.1,
      height: Math.abs(to.y - from.y) + 0.1,
    };
    yield { id: wire.id, from, to, box };
  }
}
