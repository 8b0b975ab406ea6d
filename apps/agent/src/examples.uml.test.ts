import { probeKey } from '@vethlab/topology';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BothRuntimes } from './testing/both-runtimes.js';
import { examples, expectApplied, expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { exampleLab, type SandboxedLab } from './testing/sandboxed-lab.js';

let runtimes: BothRuntimes;
beforeAll(async () => {
  runtimes = await BothRuntimes.make();
});
afterEach(() => runtimes.takeDown());
afterAll(() => runtimes.close());

// In the full kernel, where all of them can be done; the others are tested on the machine's own.
describe.each(examples.ofFullKernel)('the example lab %s', (name) => {
  it('applies in both runtimes, answers its probes, has an empty second plan, and its script builds the same', async () => {
    const topology = exampleLab(name);
    const drawn = await runtimes.open(name, 'sandbox');
    const onHost = await runtimes.open(name, 'host');
    for (const lab of [drawn, onHost]) {
      await expectApplied(lab, topology);
      await expectNothingLeft(lab);
      if (name === 'slow-wan') await expectSlow(lab);
    }
    await expectSameWhenTyped(drawn, topology, onHost);
  });
});

/** No answer comes back over the slow line sooner than both its ends let it: 20 ms, give or take 5, on the way there and on the way back. */
async function expectSlow(lab: SandboxedLab): Promise<void> {
  const [far] = lab.topology.probes;
  if (far === undefined) throw new Error('It has a probe over the line.');
  const rtts = () =>
    lab.samples.flatMap(({ key, outcome }) =>
      key === probeKey(far) && outcome.kind === 'reply' ? [outcome.rttMs] : [],
    );
  await lab.until(() => rtts().length >= 5, 'five answers');
  expect(Math.min(...rtts())).toBeGreaterThan(29.9);
}
