import { describe, expect, it } from 'vitest';
import { shiftInto } from './shift-into';

describe('bringing a stretch into a window of 800 with a margin of 50', () => {
  it.each([
    [100, 200, 0],
    [20, 120, 30],
    [-300, -300, 350],
    [790, 790, -40],
    [0, 1000, -100],
  ])('from %d to %d moves it by %d', (from, to, shift) => {
    expect(shiftInto(from, to, 800, 50)).toBe(shift);
  });
});
