import type { Position } from '@vethlab/topology';
import type { EndText } from '../edges/edge-data';
import { pointOnWire, type WirePath } from './wire-path';

export interface EndLine {
  readonly text: string;
  readonly of: 'name' | 'state' | 'address';
  /** For the pointer and the selection only, even where there is room. Always the last. */
  readonly quiet: boolean;
}

export interface EndLabel {
  readonly anchor: 'start' | 'end';
  readonly lines: readonly (EndLine & { readonly x: number; readonly y: number })[];
}

/** Width of a character of the 10.5 px monospace face. */
const characterWidth = 6.35;
const lineHeight = 13;
/** Distance from the state marker to the text, along and beside the wire. */
const along = 18;
/** Enough to clear the small label in the middle of a short wire. */
const beside = 14;

/**
 * Places interface name, state and addresses beside their end of the wire. The first end's text lies on one side of the wire and the
 * second end's on the other, each on the side that the wire slopes away from, so that the two never meet and no line
 * crosses its own label. Lines that are longer than the wire are left out, the name last: it is never left out before an address.
 *
 * @param flipped on the other side of the wire than usual, where something else stands on the usual one
 */
export function endLabel(path: WirePath, end: 'first' | 'second', text: EndText, flipped: boolean): EndLabel {
  const forward = end === 'first' ? path.direction : { x: -path.direction.x, y: -path.direction.y };
  const toRight = forward.x >= 0;
  const steep = Math.abs(forward.y) > 2.2 * Math.abs(forward.x);
  // Text runs away from the node. Above the wire when the wire falls in that direction, below it when it rises.
  const above = (end === 'first' ? forward.y >= 0 : forward.y > 0) !== flipped;
  const room = steep ? 150 : path.length / Math.max(0.35, Math.abs(forward.x)) - 2 * along;
  const wanted = linesOf(text, (line) => line.length * characterWidth <= room);
  const origin = pointOnWire(path, end === 'first' ? along : -along);
  if (steep) return steepLabel(origin, wanted, (end === 'first') !== flipped, forward);
  const step = above ? -lineHeight : lineHeight;
  const firstBaseline = above ? origin.y - beside : origin.y + beside + 7;
  return {
    anchor: toRight ? 'start' : 'end',
    lines: wanted.map((line, index) => ({ ...line, x: origin.x, y: firstBaseline + index * step })),
  };
}

/** The lines that fit. A state that tells something comes before the addresses, one that says what the wire shows after them. */
function linesOf({ ifname, state, addresses }: EndText, fits: (text: string) => boolean): EndLine[] {
  const name: EndLine = { text: ifname, of: 'name', quiet: false };
  const rest = addresses.map((text): EndLine => ({ text, of: 'address', quiet: false }));
  const text = state?.texts.find(fits);
  if (state === null || text === undefined) return [name, ...rest].filter((line) => fits(line.text));
  const told: EndLine = { text, of: 'state', quiet: !state.tells };
  return (state.tells ? [name, told, ...rest] : [name, ...rest, told]).filter((line) => fits(line.text));
}

/** Beside a steep wire: the first end to its right, the second to its left. */
function steepLabel(origin: Position, wanted: readonly EndLine[], right: boolean, forward: Position): EndLabel {
  const x = origin.x + (right ? beside : -beside);
  const step = forward.y >= 0 ? lineHeight : -lineHeight;
  return {
    anchor: right ? 'start' : 'end',
    lines: wanted.map((line, index) => ({ ...line, x, y: origin.y + (forward.y >= 0 ? 8 : 0) + index * step })),
  };
}
