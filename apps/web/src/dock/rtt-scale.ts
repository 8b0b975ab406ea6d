import type { ProbeSample } from '@vethlab/protocol';

/** A point of the curve, as shares of the width (oldest to newest) and of the height (0 at the bottom) of the chart. */
export interface RttPoint {
  readonly across: number;
  readonly up: number;
}

export interface RttCurve {
  /** The curve is broken where a ping was lost. */
  readonly runs: readonly (readonly RttPoint[])[];
  /** Where pings were lost. */
  readonly lost: readonly number[];
  /** RTT at the top of the chart, in milliseconds. */
  readonly topMs: number;
}

/** RTTs as curves in a chart that holds `most` samples, the newest at the right edge. */
export function rttCurve(samples: readonly ProbeSample[], most: number): RttCurve {
  const topMs = roundUp(Math.max(0, ...samples.map(({ outcome }) => (outcome.kind === 'reply' ? outcome.rttMs : 0))));
  const runs: RttPoint[][] = [];
  const lost: number[] = [];
  let run: RttPoint[] | null = null;
  for (const [index, { outcome }] of samples.entries()) {
    const across = (most - samples.length + index + 0.5) / most;
    if (outcome.kind !== 'reply') {
      lost.push(across);
      run = null;
      continue;
    }
    if (run === null) {
      run = [];
      runs.push(run);
    }
    run.push({ across, up: outcome.rttMs / topMs });
  }
  return { runs, lost, topMs };
}

/** The next 1, 2 or 5 with zeros: a scale that people read at a glance and that does not change with every sample. */
export function roundUp(ms: number): number {
  if (ms <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(ms));
  const step = [1, 2, 5, 10].find((factor) => ms <= factor * power * (1 + 1e-9)) ?? 10;
  return step * power;
}
