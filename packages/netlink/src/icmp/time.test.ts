import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ReceiveTime, roundTripMs, type SendTime } from './time.js';

const NOON = 1_800_000_000_000;
const sent: SendTime = { monotonicMs: 1000, realtimeMs: NOON };

/** An answer that came after `trip` and was read `waited` later, with a wall clock that was set by `step` meanwhile. */
function received(trip: number, waited: number, step = 0, stepBeforeStamp = true): ReceiveTime {
  return {
    monotonicMs: sent.monotonicMs + trip + waited,
    realtimeMs: sent.realtimeMs + trip + waited + step,
    kernelRealtimeMs: sent.realtimeMs + trip + (stepBeforeStamp ? step : 0),
  };
}

describe('the round-trip time', () => {
  it('leaves out how long the answer waited to be read', () => {
    expect(roundTripMs(sent, received(5, 30))).toBeCloseTo(5, 2);
  });

  it('without the kernel’s stamp is the time until the answer was read', () => {
    expect(roundTripMs(sent, { ...received(5, 30), kernelRealtimeMs: null })).toBeCloseTo(35, 2);
  });

  it('is never negative and never longer than until the reading, whatever happens to the wall clock', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 10_000, noNaN: true }),
        fc.double({ min: 0, max: 10_000, noNaN: true }),
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.boolean(),
        (trip, waited, step, before) => {
          const rtt = roundTripMs(sent, received(trip, waited, step, before));
          expect(rtt).toBeGreaterThanOrEqual(0);
          expect(rtt).toBeLessThanOrEqual(trip + waited + 1e-6);
        },
      ),
    );
  });

  it('is not shortened by a clock that was set back', () => {
    for (const step of [-2, -20, -86_400_000, 2, 20, 86_400_000]) {
      expect(roundTripMs(sent, received(25, 5, step))).toBeGreaterThanOrEqual(24.9);
      expect(roundTripMs(sent, received(25, 5, step, false))).toBeGreaterThanOrEqual(24.9);
    }
  });
});
