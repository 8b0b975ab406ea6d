import type { ProbeSample, RunState } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { initialLabState } from './initial-state';
import type { LabState } from './lab-state';
import { maxSamples, stateOfBroadcast, withoutOldProbes, withSamples } from './receive';

const sample = (sequence: number): ProbeSample => ({ key: 'a>1.1.1.1', sequence, outcome: { kind: 'timeout' } });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => sample(from + index));

it('keeps the last samples of a probe, oldest first', () => {
  const probes = withSamples(withSamples({}, range(1, 50)), range(51, 70));
  expect(probes['a>1.1.1.1']).toHaveLength(maxSamples);
  expect(probes['a>1.1.1.1']?.at(-1)?.sequence).toBe(70);
});

it('starts again when the probe was started again', () => {
  expect(withSamples(withSamples({}, range(1, 9)), [sample(1)])['a>1.1.1.1']).toHaveLength(1);
});

it('forgets probes that are gone, and stays the same object otherwise', () => {
  const probes = withSamples({}, [sample(1)]);
  expect(withoutOldProbes(probes, new Set(['a>1.1.1.1']))).toBe(probes);
  expect(withoutOldProbes(probes, new Set())).toEqual({});
});

describe('a lab of which nothing runs any more', () => {
  const rate = { rxBitsPerSecond: 1, txBitsPerSecond: 1 } as never;
  const running: LabState = {
    ...initialLabState,
    run: { state: 'running' },
    observed: { namespaces: { a: { name: 'a' } as never } },
    drift: [{ namespace: 'a' } as never],
    probes: withSamples({}, [sample(1)]),
    rates: { 'a:eth0': rate },
  };
  const after = (run: RunState): LabState => ({
    ...running,
    ...stateOfBroadcast(running, { type: 'run', sequence: 1, run, progress: null } as never),
  });

  it.each<RunState>([
    { state: 'stopped' },
    { state: 'restarting', reason: 'The agent ended.' } as RunState,
    { state: 'failed', reason: 'No.', remedy: 'None.' } as RunState,
  ])('keeps nothing that was seen of it: $state', (run) => {
    expect(after(run)).toMatchObject({ observed: { namespaces: {} }, drift: [], probes: {}, rates: {} });
  });

  it('takes no sample and no rate that was still under way', () => {
    const stopped = after({ state: 'stopped' });
    expect(stateOfBroadcast(stopped, { type: 'probes', sequence: 2, samples: [sample(2)] } as never)).toEqual({});
    expect(stateOfBroadcast(stopped, { type: 'rates', sequence: 3, rates: { 'a:eth0': rate } } as never)).toEqual({});
  });

  it('keeps all of it while it runs on', () => {
    expect(after({ state: 'running' })).toEqual(running);
  });
});
