import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BothRuntimes, inBothRuntimes } from './testing/both-runtimes.js';
import { examples, expectApplied, expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';

let runtimes: BothRuntimes;
beforeAll(async () => {
  runtimes = await BothRuntimes.make();
});
afterEach(() => runtimes.takeDown());
afterAll(() => runtimes.close());

describe.each(inBothRuntimes(examples.ofAnyKernel))(
  'the example lab $name in the runtime $runtime',
  ({ name, runtime }) => {
    it('applies, answers its probes but those that must not be, has an empty second plan, and its script builds the same', async () => {
      const lab = await runtimes.open(name, runtime);
      await expectApplied(lab, lab.topology);
      await expectNothingLeft(lab);
      await expectSameWhenTyped(lab, lab.topology);
    });
  },
);

describe.each(examples.ofFullKernel)('the example lab %s, which asks for what a kernel may lack', (name) => {
  it('opens, does what the kernel can, and has nothing left to do', async () => {
    const lab = await runtimes.open(name, 'sandbox');
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    await expectNothingLeft(lab);
  });
});
