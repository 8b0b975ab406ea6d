import { describe, expect, it } from 'vitest';
import { impairmentLook } from '../derive/impairment-look';
import type { LinkData } from '../edges/edge-data';
import { fittingParts, textOf, widthOf } from './middle-text';

const slow = { delayMs: 20, jitterMs: 5, lossPercent: 2 } as const;
const look = (impairment: Parameters<typeof impairmentLook>[0]) => impairmentLook(impairment, new Set());

/** The part of a wire that its label is made of. */
function wire(impairments: LinkData['impairments'], label?: string): LinkData {
  const state = { drift: false, appearance: 'up', forwardBitsPerSecond: 1000, backwardBitsPerSecond: 600 };
  return { state, impairments, link: { endpoints: ['a:x', 'b:y'], up: true, label } } as unknown as LinkData;
}

const on = (data: LinkData, length: number) => textOf(fittingParts(data, length, 1));

describe('the label in the middle of a wire', () => {
  const wan = wire([look({ ...slow, rateBitsPerSecond: 10_000_000 }), look(slow)], 'WAN');

  it('says all there is where there is room', () => {
    expect(on(wan, 600)).toBe('→ 20 ms ± 5 · 2 % · ≤ 10 Mbit/s · ← 20 ms ± 5 · 2 % · 1.6 kbit/s · WAN');
  });

  it('on a shorter wire leaves out the person’s text and the rate before it shortens what is done to packets', () => {
    expect(on(wan, 380)).toBe('→ 20 ms ± 5 · 2 % · ≤ 10 Mbit/s · ← 20 ms ± 5 · 2 %');
    expect(on(wan, 215)).toBe('→ 20 ms · +2 · ← 20 ms · +1');
    expect(on(wan, 130)).toBe('→ 20 ms · +2');
    expect(on(wan, 60)).toBe('');
  });

  it.each([60, 100, 150, 200, 300, 500])('leaves some of a wire of %s bare', (length) => {
    expect(widthOf(fittingParts(wan, length, 1))).toBeLessThanOrEqual(Math.max(length - 24, widthOf([])));
  });

  it('of a plain wire is its rate and its text', () => {
    expect(on(wire([null, null], 'WAN'), 215)).toBe('1.6 kbit/s · WAN');
    expect(on(wire([null, null], 'WAN'), 100)).toBe('1.6 kbit/s');
    expect(on(wire([null, null]), 40)).toBe('');
  });
});
