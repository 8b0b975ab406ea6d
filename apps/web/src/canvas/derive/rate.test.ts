import { describe, expect, it } from 'vitest';
import { formatRate, wireWidth } from './rate';

describe('a rate', () => {
  it.each([
    [0, '0 bit/s'],
    [840, '840 bit/s'],
    [999.6, '1 kbit/s'],
    [1_240_000, '1.2 Mbit/s'],
    [99_900_000, '100 Mbit/s'],
    [12_300_000_000, '12.3 Gbit/s'],
    [-5, '0 bit/s'],
  ])('of %d bits per second reads %s', (bits, text) => {
    expect(formatRate(bits)).toBe(text);
  });
});

describe('the width of a wire', () => {
  it('grows with the rate and has an end', () => {
    const widths = [0, 1e3, 1e6, 1e9, 1e15].map(wireWidth);
    expect(widths).toEqual(widths.toSorted((a, b) => a - b));
    expect(widths.at(-1)).toBe(6);
  });
});
