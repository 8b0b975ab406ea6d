/** How far a stretch must move to lie inside of a window with a margin; 0 when it does. One that is too long is centred. */
export function shiftInto(from: number, to: number, size: number, margin: number): number {
  if (to - from > size - 2 * margin) return size / 2 - (from + to) / 2;
  if (from < margin) return margin - from;
  if (to > size - margin) return size - margin - to;
  return 0;
}
