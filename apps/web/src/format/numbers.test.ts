import { describe, expect, it } from 'vitest';
import { formatAgo, formatCount, formatInterval, formatMs, formatQuantity, formatShare } from './numbers';

describe('numbers for people', () => {
  it.each([
    [0.0421, '0.042 ms'],
    [8.254, '8.25 ms'],
    [42.42, '42.4 ms'],
    [312.4, '312 ms'],
    [1_420, '1.42 s'],
    [42_420, '42.4 s'],
    [125_000, '2 min 5 s'],
    [Number.NaN, '–'],
  ])('says %d milliseconds as %s', (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it.each([
    [0, '0 %'],
    [1 / 60, '1.7 %'],
    [0.5, '50 %'],
    [1, '100 %'],
  ])('says the share %d as %s', (share, text) => {
    expect(formatShare(share)).toBe(text);
  });

  it('counts things', () => {
    expect(formatQuantity(1, 'step')).toBe('1 step');
    expect(formatQuantity(1000, 'step')).toBe('1,000 steps');
    expect(formatCount(312)).toBe('312');
  });

  it('writes intervals as the lab file does', () => {
    expect(formatInterval(1_000)).toBe('1s');
    expect(formatInterval(1_500)).toBe('1500ms');
  });

  it('says how long ago', () => {
    expect(formatAgo(0, 30_000)).toBe('just now');
    expect(formatAgo(0, 300_000)).toBe('5 min ago');
    expect(formatAgo(0, 7_200_000)).toBe('2 h ago');
  });
});
