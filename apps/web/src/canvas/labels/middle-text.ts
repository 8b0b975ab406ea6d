import type { ImpairmentLook } from '../derive/impairment-look';
import { formatRate } from '../derive/rate';
import type { LinkData } from '../edges/edge-data';
import type { WirePath } from '../geometry/wire-path';

/** Bare wire that must remain beside the label for it to be seen as a label of this wire. */
const bareWire = 24;
/** Room for any rate, so that a changing figure does not make the label jump. */
const widestRate = '888.8 Mbit/s'.length;

type Arrows = readonly [string, string];
/** Any arrow is as wide as another. */
const usualArrows: Arrows = ['→', '←'];

/** What the label in the middle of a wire says: drift, the word of a state that is not up, what is done to packets, the rate, the person's own text. */
export function middleParts(data: LinkData, arrows: Arrows = usualArrows): string[] {
  return [...stateParts(data, arrows, 'text'), ...furtherParts(data)];
}

/** What somebody must see who asks why packets do not pass as on a plain wire. */
function stateParts({ state, impairments }: LinkData, arrows: Arrows, length: 'text' | 'short'): string[] {
  const parts: string[] = [];
  if (state.drift) parts.push('Δ drift');
  if (state.appearance === 'admin-down') parts.push('down');
  if (state.appearance === 'no-carrier') parts.push('no carrier');
  parts.push(...impairmentParts(impairments, arrows, length));
  return parts;
}

function furtherParts({ state, link }: LinkData): string[] {
  const rateBitsPerSecond = state.forwardBitsPerSecond + state.backwardBitsPerSecond;
  const parts: string[] = [];
  if (state.appearance === 'up' && rateBitsPerSecond >= 1) parts.push(formatRate(rateBitsPerSecond));
  if (link.label !== undefined) parts.push(link.label);
  return parts;
}

/** Once when both directions are alike; otherwise each with its arrow. */
function impairmentParts([first, second]: LinkData['impairments'], arrows: Arrows, length: 'text' | 'short'): string[] {
  const text = (look: ImpairmentLook) => `${look.leftOut ? '⊘ ' : ''}${look[length]}`;
  if (first !== null && second !== null && text(first) === text(second)) return [text(first)];
  return [
    ...(first === null ? [] : [`${arrows[0]} ${text(first)}`]),
    ...(second === null ? [] : [`${arrows[1]} ${text(second)}`]),
  ];
}

/** Arrows along a drawn wire, from its first end and from its second. */
export function arrowsAlong({ start, end }: Pick<WirePath, 'start' | 'end'>): Arrows {
  const [x, y] = [end.x - start.x, end.y - start.y];
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? ['→', '←'] : ['←', '→'];
  return y >= 0 ? ['↓', '↑'] : ['↑', '↓'];
}

/**
 * The parts that fit on a wire. What matters least comes last, and is left out first where the wire is too short; then what is done to packets is
 * said in fewer words.
 */
export function fittingParts(
  data: LinkData,
  wireLength: number,
  scale: number,
  arrows: Arrows = usualArrows,
): readonly string[] {
  const fits = (parts: readonly string[]) => widthOf(parts) * scale <= wireLength - bareWire;
  const further = furtherParts(data);
  for (const length of ['text', 'short'] as const) {
    const state = stateParts(data, arrows, length);
    for (let count = further.length; count >= 0; count -= 1) {
      const parts = [...state, ...further.slice(0, count)];
      if (parts.length > 0 && fits(parts)) return parts;
    }
  }
  const least = stateParts(data, arrows, 'short');
  while (least.length > 0 && !fits(least)) least.pop();
  return least;
}

export const textOf = (parts: readonly string[]): string => parts.join(' · ');

/** A character of the 11 px face is 5.9 wide on average. */
export const widthOf = (parts: readonly string[]): number => textOf(parts).length * 5.9 + 12;

/** What the label covers; null when it says nothing. */
export function middleRoom(
  data: LinkData,
  wireLength: number,
  scale: number,
): { readonly width: number; readonly height: number } | null {
  const parts = fittingParts(data, wireLength, scale);
  if (parts.length === 0) return null;
  const hasRate = data.state.forwardBitsPerSecond + data.state.backwardBitsPerSecond >= 1;
  const width = Math.max(widthOf(parts), hasRate ? widestRate * 5.9 + 12 : 0);
  return { width: Math.min(width * scale, wireLength), height: 16 * scale };
}
