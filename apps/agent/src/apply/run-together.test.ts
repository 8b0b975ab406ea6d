import type { Step } from '@vethlab/planner';
import { describe, expect, it } from 'vitest';
import type { StepGroup } from './groups.js';
import { runTogether } from './run-together.js';

const step = (id: string, ...dependsOn: string[]) =>
  ({ id, dependsOn, operation: { op: 'add-namespace' } }) as unknown as Step;
const files = (...steps: Step[]): StepGroup => ({ place: { kind: 'files' }, steps, independent: true });
const inside = (name: string, ...steps: Step[]): StepGroup => ({
  place: { kind: 'namespace', name },
  steps,
  independent: true,
});

/** Runs groups that take different times, and returns what began and ended in which order. */
async function traceOf(groups: readonly StepGroup[]): Promise<string[]> {
  const trace: string[] = [];
  await runTogether(groups, async ({ steps }) => {
    trace.push(`+${steps[0]?.id}`);
    for (let turn = 0; turn < (steps[0]?.id.length ?? 1); turn += 1)
      await new Promise((resolve) => setImmediate(resolve));
    trace.push(`-${steps[0]?.id}`);
  });
  return trace;
}

describe('groups that run together', () => {
  it('wait for what their steps depend on', async () => {
    const trace = await traceOf([inside('a', step('address', 'veth')), files(step('veth', 'ns')), files(step('ns'))]);
    expect(trace).toEqual(['+ns', '-ns', '+veth', '-veth', '+address', '-address']);
  });

  it('keep the order inside one namespace', async () => {
    const trace = await traceOf([inside('a', step('long-first')), inside('a', step('b')), inside('c', step('d'))]);
    expect(trace.indexOf('+b')).toBeGreaterThan(trace.indexOf('-long-first'));
    expect(trace.indexOf('+d')).toBeLessThan(trace.indexOf('-long-first'));
  });

  it.each([
    { stepsEach: 16, together: 3 },
    { stepsEach: 4, together: 12 },
    { stepsEach: 100, together: 1 },
  ])('of $stepsEach steps each are $together at once on their way', async ({ stepsEach, together }) => {
    const groups = Array.from({ length: 20 }, (_, index) =>
      inside(`n${index}`, ...Array.from({ length: stepsEach }, (_, at) => step(`s${index}-${at}`))),
    );
    let most = 0;
    let now = 0;
    for (const event of await traceOf(groups)) {
      now += event.startsWith('+') ? 1 : -1;
      most = Math.max(most, now);
    }
    expect(most).toBe(together);
  });

  it('hand an unexpected failure to whoever waits', async () => {
    const failing = runTogether([inside('a', step('x'))], () => Promise.reject(new Error('broken')));
    await expect(failing).rejects.toThrow('broken');
  });
});
