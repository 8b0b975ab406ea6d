import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { planLab } from './plan-lab.js';
import { renderPlan } from './render-plan.js';
import { carryOut } from './testing/carry-out.js';
import { readCase } from './testing/read-case.js';

const CASES = new URL('../testdata/', import.meta.url);

/** `UPDATE_PLANS=1` writes the plans anew; read the difference before it is committed. */
const isUpdate = process.env.UPDATE_PLANS === '1';

describe.each(readdirSync(CASES).sort())('testdata/%s', (name) => {
  const folder = new URL(`${name}/`, CASES);
  const { teaches, input, stopsAt } = readCase(folder);
  const plan = planLab(input);

  it(teaches, () => {
    const file = new URL('plan.txt', folder);
    const rendered = renderPlan(plan);
    if (isUpdate || !existsSync(file)) writeFileSync(file, rendered);
    expect(rendered).toBe(readFileSync(file, 'utf8'));
  });

  it('works on the simulated kernel, whether or not it promotes secondary addresses; the second plan is empty', () => {
    for (const promoteSecondaries of [false, true]) {
      const options = { promoteSecondaries, newNamespacesForward: false };
      const { observed, failures } = carryOut(plan, input.observed, options);
      if (stopsAt !== null) {
        expect(failures.map(({ step, errno }) => `${step.id} ${errno}`)).toEqual([stopsAt]);
        continue;
      }
      expect(failures).toEqual([]);
      // Renames are said once: a swap asked for again would be swapped back.
      const second = { ...input, previous: input.topology, observed, renames: [] };
      expect(planLab(second).steps).toEqual([]);
    }
  });
});
