import { expect, it } from 'vitest';
import { backOffMs } from './back-off';

it('doubles the pause up to a bound', () => {
  expect([0, 1, 2, 3, 4, 5, 50].map((attempt) => backOffMs(attempt, 0))).toEqual([
    250, 500, 1000, 2000, 4000, 5000, 5000,
  ]);
});

it('spreads a class of browsers over half of the pause', () => {
  expect(backOffMs(2, 1)).toBe(500);
});
