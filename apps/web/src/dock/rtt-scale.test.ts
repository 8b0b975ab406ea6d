import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { roundUp, rttCurve } from './rtt-scale';

const samples = (...rtts: readonly (number | null)[]): ProbeSample[] =>
  rtts.map((rttMs, index) => {
    const outcome: PingOutcome = rttMs === null ? { kind: 'timeout' } : { kind: 'reply', rttMs };
    return { key: 'a>10.0.0.1', sequence: index + 1, outcome };
  });

describe('the curve of the RTTs', () => {
  it('ends at the right edge and is broken where a ping was lost', () => {
    const { runs, lost, topMs } = rttCurve(samples(1, 2, null, 4), 4);
    expect(topMs).toBe(5);
    expect(runs.map((run) => run.map(({ across }) => across))).toEqual([[0.125, 0.375], [0.875]]);
    expect(lost).toEqual([0.625]);
    expect(runs[1]?.[0]?.up).toBe(0.8);
  });

  it('leaves room at the left while there are few samples', () => {
    expect(rttCurve(samples(1), 60).runs[0]?.[0]?.across).toBeCloseTo(59.5 / 60);
  });

  it('has a scale also without any answer', () => {
    expect(rttCurve([], 60)).toEqual({ runs: [], lost: [], topMs: 1 });
    expect(rttCurve(samples(null), 60).topMs).toBe(1);
  });

  it.each([
    [0.034, 0.05],
    [0.05, 0.05],
    [0.051, 0.1],
    [1, 1],
    [3, 5],
    [180, 200],
  ])('rounds %d ms up to %d', (ms, top) => {
    expect(roundUp(ms)).toBeCloseTo(top);
  });
});
