import { probeKey } from '@vethlab/topology';
import { afterEach, describe, expect, it } from 'vitest';
import { examples, expectApplied, expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';

let lab: SandboxedLab | undefined;
afterEach(() => lab?.close());

// In the full kernel, where all of them can be done; the others are tested on the machine's own.
describe.each(examples.ofFullKernel)('the example lab %s', (name) => {
  it('applies, answers its probes, has an empty second plan, and its script builds the same', async () => {
    const topology = exampleLab(name);
    lab = await SandboxedLab.open(topology);
    await expectApplied(lab, topology);
    await expectNothingLeft(lab);
    await expectSameWhenTyped(lab, topology);
  });
});

it('the example of a slow line is slow: no answer comes back over it sooner than both its ends let it', async () => {
  const topology = exampleLab('slow-wan');
  const [far] = topology.probes;
  if (far === undefined) throw new Error('It has a probe over the line.');
  lab = await SandboxedLab.open(topology);
  const { samples } = lab;
  const rtts = () =>
    samples.flatMap(({ key, outcome }) => (key === probeKey(far) && outcome.kind === 'reply' ? [outcome.rttMs] : []));
  await lab.until(() => rtts().length >= 5, 'five answers');
  // 20 ms, give or take 5, on the way there and on the way back.
  expect(Math.min(...rtts())).toBeGreaterThan(29.9);
});
