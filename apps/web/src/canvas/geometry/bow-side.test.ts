import { describe, expect, it } from 'vitest';
import { arcLabelReach, bowSide, labelOfArc } from './bow-side';
import { pointOnArc, probePath } from './probe-path';
import { silhouettes } from './silhouette';

const from = { x: 0, y: 0 };
const to = { x: 400, y: 0 };

describe('the arc of a ping', () => {
  it('bows to the left (upwards, from left to right) when nothing is there', () => {
    expect(bowSide(from, to, 0, [from, to])).toBe('left');
  });
  it('bows to the other side when a node stands where its label would be', () => {
    expect(bowSide(from, to, 0, [from, to, { x: 200, y: -70 }])).toBe('right');
  });
  it('keeps to the left when both sides are taken alike', () => {
    expect(
      bowSide(from, to, 0, [
        { x: 200, y: -72 },
        { x: 200, y: 72 },
      ]),
    ).toBe('left');
  });
});

describe('the label of an arc', () => {
  it.each([
    ['level', { x: 400, y: 0 }],
    ['steep', { x: 0, y: 300 }],
    ['in between', { x: -250, y: 200 }],
  ] as const)('is where it is drawn: %s', (_, end) => {
    for (const side of ['left', 'right'] as const) {
      const path = probePath(
        { center: from, shape: silhouettes.host },
        { center: end, shape: silhouettes.host },
        1,
        side,
      );
      const drawn = pointOnArc(path, 0.5, 2 * arcLabelReach.x);
      const label = labelOfArc(from, end, 1, side);
      // The arc begins and ends at the shapes, not in their middles: a few units.
      expect(Math.hypot(drawn.x - label.x, drawn.y - label.y)).toBeLessThan(16);
    }
  });
});
