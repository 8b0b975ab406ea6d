import type { ProbeSample } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { maxSamples, withoutOldProbes, withSamples } from './receive';

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
