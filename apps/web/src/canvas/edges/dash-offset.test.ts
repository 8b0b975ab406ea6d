import { expect, it } from 'vitest';
import { dashOffsetPx } from './dash-offset';

it('moves evenly, and by one pattern of 14 pixels in 900 ms', () => {
  expect([0, 225, 450, 899.999, 900].map((now) => Math.round(dashOffsetPx(now, false) * 10) / 10)).toEqual([
    14, 10.5, 7, 0, 14,
  ]);
});

it('moves the other way when most of the traffic does', () => {
  expect(dashOffsetPx(300, true)).toBeCloseTo(14 - dashOffsetPx(300, false));
});
