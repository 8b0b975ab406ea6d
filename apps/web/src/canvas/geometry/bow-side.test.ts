import { describe, expect, it } from 'vitest';
import { bowSide } from './bow-side';

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
