/** The pattern of `.vl-traffic` repeats after so many pixels (its `stroke-dasharray` in edges.css), and moves by one in so long. */
const patternPx = 14;
const patternMs = 900;

/** Where the dashes of traffic are at a moment: the `stroke-dashoffset` in pixels. They run from the first end to the second, or back. */
export function dashOffsetPx(nowMs: number, backward: boolean): number {
  const part = (nowMs % patternMs) / patternMs;
  return patternPx * (backward ? part : 1 - part);
}
