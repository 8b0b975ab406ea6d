import { afterEach, describe, it } from 'vitest';
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
