import { describe, expect, it } from 'vitest';
import { impairmentLook, impairmentText } from './impairment-look';

describe('an impairment on a wire', () => {
  it.each([
    [{ delayMs: 20, jitterMs: 5, lossPercent: 10 }, '20 ms ± 5 · 10 %'],
    [{ delayMs: 0.25 }, '0.25 ms'],
    [{ rateBitsPerSecond: 1_500_000 }, '≤ 1.5 Mbit/s'],
    [{ rateBitsPerSecond: 64_000, lossPercent: 0.1 }, '0.1 % · ≤ 64 kbit/s'],
    [{ delayMs: 20, corruptPercent: 1, reorderPercent: 25 }, '20 ms · +2'],
    [{ limitPackets: 5 }, '+1'],
    [undefined, ''],
  ])('%j reads %s', (impairment, text) => {
    expect(impairmentText(impairment)).toBe(text);
  });

  it.each([
    [{ delayMs: 20, jitterMs: 5, lossPercent: 10, rateBitsPerSecond: 10_000_000 }, '20 ms · +2'],
    [{ delayMs: 20, jitterMs: 5 }, '20 ms'],
    [{ rateBitsPerSecond: 64_000, corruptPercent: 1 }, '≤ 64 kbit/s · +1'],
    [{ limitPackets: 5, corruptPercent: 1 }, '+2'],
  ])('%j on a short wire reads %s', (impairment, short) => {
    expect(impairmentLook(impairment, new Set())?.short).toBe(short);
  });

  it('tells what this machine has to leave out', () => {
    const netem = new Set(['netem'] as const);
    expect(impairmentLook({ delayMs: 20 }, netem)?.leftOut).toBe(true);
    expect(impairmentLook({ delayMs: 20 }, new Set())?.leftOut).toBe(false);
    expect(impairmentLook({ rateBitsPerSecond: 1_000_000, limitPackets: 9 }, netem)?.leftOut).toBe(false);
    expect(impairmentLook({ rateBitsPerSecond: 1_000_000 }, new Set(['tbf'] as const))?.leftOut).toBe(true);
    expect(impairmentLook({ rateBitsPerSecond: 8_000, delayMs: 1 }, new Set(['tbf'] as const))?.leftOut).toBe(false);
    expect(impairmentLook(undefined, netem)).toBeNull();
  });
});
