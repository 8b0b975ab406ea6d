import { emptyObserved, type FeatureName, type Observed } from '@vethlab/observed';
import type { Topology } from '@vethlab/topology';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from './plan.js';
import type { PlanInput } from './plan-input.js';
import { planLab } from './plan-lab.js';
import { renderPlan } from './render-plan.js';
import { scriptOf } from './shell/script.js';
import { edited, labOf, type RandomEdit, randomEdit } from './testing/random-lab.js';
import { readKernel } from './testing/read-kernel.js';
import { SandboxShell } from './testing/sandbox-shell.js';

/** The kernel takes a removed namespace apart a little later; until then the other ends of its veths are still there. */
const SETTLE_DEADLINE_MS = 60_000;

/** What the kernel of some machines lacks is tested in the second one (plan-lab.uml.test.ts), which lacks something else. */
const missing: ReadonlySet<FeatureName> = new Set(
  process.env.VETHLAB_UML === '1' ? ['nft'] : ['netem', 'vrf', 'vlan', 'dummy', 'bond', 'gre', 'vlan-filtering'],
);

/** Chosen once: a kernel test that fails must fail again. */
const SEED = 20_261_123;

const labs = fc.sample(fc.array(randomEdit, { minLength: 4, maxLength: 20 }), { seed: SEED, numRuns: 8 });
/** In the second kernel everything takes ten times as long. */
const short = process.env.VETHLAB_UML === '1' && process.env.VETHLAB_FULL === undefined;
/** Two of them ask between them for all that the second kernel is there for. */
const tried = short ? [1, 6] : [...labs.keys()];
/** How many edits follow one another, and how often somebody types the kernel into another shape. */
const [editsEach, driftsEach] = short ? [2, 1] : [5, 2];

const edits = fc.sample(fc.array(randomEdit, { minLength: 1, maxLength: 5 }), { seed: SEED + 1, numRuns: 200 });

describe('plans on a real kernel, carried out with ip and read back with ip', () => {
  let shell: SandboxShell;

  beforeAll(async () => {
    shell = await SandboxShell.open();
  });

  afterAll(async () => {
    await shell.close();
  });

  async function carryOut(plan: Plan): Promise<void> {
    const { exitCode, stderr } = await shell.run(scriptOf(plan));
    expect({ exitCode, stderr }, renderPlan(plan)).toEqual({ exitCode: 0, stderr: '' });
  }

  /** What is still to do once the kernel has settled, and what it looks like then. */
  async function secondPlan(topology: Topology): Promise<{ readonly todo: string; readonly observed: Observed }> {
    const deadline = performance.now() + SETTLE_DEADLINE_MS;
    for (;;) {
      const observed = await readKernel(shell);
      const plan = planLab({ topology, previous: topology, observed, unmanaged: 'remove', missing });
      if (plan.steps.length === 0 || performance.now() > deadline) return { todo: renderPlan(plan), observed };
    }
  }

  async function look(): Promise<Observed> {
    return readKernel(shell);
  }

  function inputOf(topology: Topology, previous: Topology | null, observed: Observed): PlanInput {
    return { topology, previous, observed, unmanaged: 'keep', missing };
  }

  async function promoteSecondaries(names: readonly string[], value: 0 | 1): Promise<void> {
    const lines = names.map(
      (name) => `ip netns exec ${name} sysctl -q -w net.ipv4.conf.all.promote_secondaries=${value}`,
    );
    await shell.run(lines.join('\n'));
  }

  it.each(tried)(
    'lab %i: from nothing, after random edits, and after random drift, the second plan is empty',
    async (number) => {
      let topology = labOf((labs[number] ?? []) as RandomEdit[]);
      await carryOut(planLab(inputOf(topology, null, emptyObserved)));
      let { todo, observed } = await secondPlan(topology);
      expect(todo).toMatch(/^Nothing to do/);

      for (const edit of edits.slice(number * 7, number * 7 + editsEach)) {
        await promoteSecondaries(Object.keys(topology.nodes), number % 2 === 0 ? 0 : 1);
        const next = edited(topology, edit);
        const plan = planLab({ ...inputOf(next.topology, topology, observed), renames: next.renames });
        await carryOut(plan);
        topology = next.topology;
        ({ todo, observed } = await secondPlan(topology));
        expect(todo, renderPlan(plan)).toMatch(/^Nothing to do/);
      }

      for (const drift of edits.slice(number * 7 + 5, number * 7 + 5 + driftsEach)) {
        // Somebody types the kernel into another shape; the repair brings it back.
        const typed = edited(topology, drift);
        await carryOut(planLab(inputOf(typed.topology, topology, observed)));
        ({ observed } = await secondPlan(typed.topology));
        const repair = planLab({ ...inputOf(topology, topology, observed), unmanaged: 'remove', missing });
        await carryOut(repair);
        ({ todo, observed } = await secondPlan(topology));
        expect(todo, renderPlan(repair)).toMatch(/^Nothing to do/);
      }

      const empty = { ...topology, nodes: {}, links: [] };
      await carryOut(planLab(inputOf(empty, topology, observed)));
      expect(Object.keys((await look()).namespaces)).toEqual([]);
    },
  );
});
