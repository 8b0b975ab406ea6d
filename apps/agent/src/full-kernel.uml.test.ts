import { probeKey } from '@vethlab/topology';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { exampleLab, SandboxedLab } from './testing/sandboxed-lab.js';

describe('an agent in its sandbox, under the full kernel', () => {
  let lab: SandboxedLab;

  beforeEach(async () => {
    lab = await SandboxedLab.open(exampleLab('router'));
  });
  afterEach(() => lab.close());

  it('applies a lab, verifies it, has its probes answered, and has nothing left to do', async () => {
    expect(lab.report.failures).toEqual([]);
    expect(lab.report.differences).toEqual([]);
    expect(lab.topology.probes.length).toBeGreaterThan(0);
    for (const probe of lab.topology.probes) {
      const key = probeKey(probe);
      await lab.until(
        () => lab.samples.some((sample) => sample.key === key && sample.outcome.kind === 'reply'),
        `the probe ${key} is answered`,
      );
      // A second opinion, not ours.
      expect(lab.run('nsenter', `--net=/run/netns/${probe.from}`, 'ping', '-c1', '-W5', probe.to).status).toBe(0);
    }
    const { steps } = await lab.agent.request({ type: 'plan', diff: null });
    expect(steps.map(({ object, reason }) => `${object}: ${reason}`)).toEqual([]);
    expect(lab.drift).toEqual([]);
    expect(lab.problems).toEqual([]);
  });
});
