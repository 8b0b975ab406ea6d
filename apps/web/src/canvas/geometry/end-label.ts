import type { Position } from '@vethlab/topology';
import { pointOnWire, type WirePath } from './wire-path';

export interface EndLabel {
  readonly anchor: 'start' | 'end';
  readonly lines: readonly { readonly text: string; readonly x: number; readonly y: number; readonly name: boolean }[];
}

/** Width of a character of the 10.5 px monospace face. */
const characterWidth = 6.35;
const lineHeight = 13;
/** Distance from the state marker to the text, along and beside the wire. */
const along = 18;
/** Enough to clear the small label in the middle of a short wire. */
const beside = 14;

/**
 * Places interface name and addresses beside their end of the wire. The first end's text lies on one side of the wire and the
 * second end's on the other, each on the side that the wire slopes away from, so that the two never meet and no line
 * crosses its own label. Lines that are longer than the wire are left out, the name last: it is never left out before an address.
 *
 * @param flipped on the other side of the wire than usual, where something else stands on the usual one
 */
export function endLabel(
  path: WirePath,
  end: 'first' | 'second',
  name: string,
  addresses: readonly string[],
  flipped: boolean,
): EndLabel {
  const forward = end === 'first' ? path.direction : { x: -path.direction.x, y: -path.direction.y };
  const toRight = forward.x >= 0;
  const steep = Math.abs(forward.y) > 2.2 * Math.abs(forward.x);
  // Text runs away from the node. Above the wire when the wire falls in that direction, below it when it rises.
  const above = (end === 'first' ? forward.y >= 0 : forward.y > 0) !== flipped;
  const room = steep ? 150 : path.length / Math.max(0.35, Math.abs(forward.x)) - 2 * along;
  const fits = (text: string): boolean => text.length * characterWidth <= room;
  const wanted = [{ text: name, name: true }, ...addresses.map((text) => ({ text, name: false }))].filter(({ text }) =>
    fits(text),
  );
  const origin = pointOnWire(path, end === 'first' ? along : -along);
  if (steep) return steepLabel(origin, wanted, (end === 'first') !== flipped, forward);
  const step = above ? -lineHeight : lineHeight;
  const firstBaseline = above ? origin.y - beside : origin.y + beside + 7;
  return {
    anchor: toRight ? 'start' : 'end',
    lines: wanted.map((line, index) => ({ ...line, x: origin.x, y: firstBaseline + index * step })),
  };
}

/** Beside a steep wire: the first end to its right, the second to its left. */
function steepLabel(
  origin: Position,
  wanted: readonly { readonly text: string; readonly name: boolean }[],
  right: boolean,
  forward: Position,
): EndLabel {
  const x = origin.x + (right ? beside : -beside);
  const step = forward.y >= 0 ? lineHeight : -lineHeight;
  return {
    anchor: right ? 'start' : 'end',
    lines: wanted.map((line, index) => ({ ...line, x, y: origin.y + (forward.y >= 0 ? 8 : 0) + index * step })),
  };
}
