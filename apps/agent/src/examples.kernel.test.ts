import type { Topology } from '@vethlab/topology';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examples, expectApplied, expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { openHostLab } from './testing/host-lab.js';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';
import { TestHost } from './testing/test-host.js';

const open: SandboxedLab[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((lab) => lab.close()));
  expect(host.look()).toBe(foreign);
});

/** A machine for the labs of the host runtime, with somebody else's things on it. */
let host: TestHost;
let foreign: string;

beforeAll(async () => {
  host = await TestHost.make();
  foreign = host.look();
});
afterAll(() => host.close());

const runtimes = {
  sandbox: async (_name: string, topology: Topology) => {
    const lab = await SandboxedLab.open(topology);
    open.push(lab);
    return lab;
  },
  host: async (name: string, topology: Topology) => {
    const lab = await openHostLab(host, name, topology);
    open.push(lab);
    return lab;
  },
} as const;

const cases = (['sandbox', 'host'] as const).flatMap((runtime) =>
  examples.ofAnyKernel.map((name) => ({ name, runtime })),
);

describe.each(cases)('the example lab $name in the runtime $runtime', ({ name, runtime }) => {
  it('applies, answers its probes but those that must not be, has an empty second plan, and its script builds the same', async () => {
    const topology = exampleLab(name);
    const lab = await runtimes[runtime](name, topology);
    await expectApplied(lab, topology);
    await expectNothingLeft(lab);
    await expectSameWhenTyped(lab, topology);
  });
});

describe.each(examples.ofFullKernel)('the example lab %s, which asks for what a kernel may lack', (name) => {
  it('opens, does what the kernel can, and has nothing left to do', async () => {
    const lab = await runtimes.sandbox(name, exampleLab(name));
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    await expectNothingLeft(lab);
  });
});
