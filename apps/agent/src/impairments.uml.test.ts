import type { Edit, Impairment } from '@vethlab/topology';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectNothingLeft, expectSameWhenTyped } from './testing/example-labs.js';
import { SandboxedLab, topologyOf } from './testing/sandboxed-lab.js';

const topology = topologyOf(`
vethlab: 1
name: Impaired
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] } } }
  h2: { kind: host, interfaces: { eth0: { addresses: [10.0.0.2/24, 10.0.0.3/24, 10.0.0.4/24, 10.0.0.5/24] } } }
links: [{ endpoints: ["h1:eth0", "h2:eth0"] }]
probes:
  - { from: h1, to: 10.0.0.2, interval: 100ms }
  - { from: h1, to: 10.0.0.3, interval: 100ms }
  - { from: h1, to: 10.0.0.4, interval: 100ms }
  - { from: h1, to: 10.0.0.5, interval: 100ms }
`);

/** Enough to see that nearly nothing is lost. */
const some = 40;
/** Pings that may have been sent before a change and are told of after it: those of their time-out of a second, and some. */
const onTheirWay = 15;

describe('in a kernel that has netem', () => {
  let lab: SandboxedLab;
  beforeAll(async () => {
    lab = await SandboxedLab.open(topology);
  });
  afterAll(() => lab.close());

  const measured = async () => {
    // One that was lost under what was set before is told a second late.
    const first = lab.samples.reduce((newest, { sequence }) => Math.max(newest, sequence), 0) + onTheirWay;
    lab.samples.length = 0;
    const counted = () => lab.samples.filter(({ sequence }) => sequence > first);
    await lab.until(() => counted().length >= some, 'pings');
    const outcomes = counted().map(({ outcome }) => outcome);
    const rtts = outcomes.flatMap((outcome) => (outcome.kind === 'reply' ? [outcome.rttMs] : [])).sort((a, b) => a - b);
    const low = rtts[Math.floor(rtts.length * 0.05)] ?? Number.NaN;
    return { lossPercent: 100 * (1 - rtts.length / outcomes.length), low };
  };
  const set = async (impairment: Impairment | null) => {
    const report = await lab.edit({ type: 'set-impairment', node: 'h1', ifname: 'eth0', impairment } as Edit);
    expect(report.failures).toEqual([]);
    expect(report.differences).toEqual([]);
  };
  const qdisc = () =>
    lab.json<{ kind: string; handle: string; options: unknown }[]>(
      'tc',
      '-n',
      'h1',
      '-j',
      'qdisc',
      'show',
      'dev',
      'eth0',
    )[0];

  // That delay, jitter and loss show in what is measured is seen from the canvas on: e2e/tests/full-kernel.spec.ts.
  it('is slow while it is told to be, and then no more', async () => {
    expect(lab.report.failures).toEqual([]);
    await set({ delayMs: 20, jitterMs: 5, lossPercent: 10 });
    const { low } = await measured();
    expect(low).toBeGreaterThan(14.9);

    await set(null);
    const after = await measured();
    // What is lost without it is what a busy machine took too long for.
    expect(after.lossPercent).toBeLessThan(10);
    expect(after.low).toBeLessThan(low);
    expect(qdisc()?.kind).not.toBe('netem');
  });

  it('a change keeps the qdisc, and leaves nothing of what was said before', async () => {
    await set({ delayMs: 20, jitterMs: 5, lossPercent: 10 });
    const before = qdisc();
    await set({ delayMs: 60, corruptPercent: 1, rateBitsPerSecond: 10_000_000 });
    expect(qdisc()).toMatchObject({ kind: 'netem', handle: before?.handle, options: { delay: { delay: 0.06 } } });
    await set({ delayMs: 60 });
    const after = qdisc();
    expect(after?.handle).toBe(before?.handle);
    expect(Object.keys(after?.options ?? {})).not.toContain('corrupt');
    expect(Object.keys(after?.options ?? {})).not.toContain('rate');
    const { low, lossPercent } = await measured();
    expect(low).toBeGreaterThan(59.9);
    expect(lossPercent).toBeLessThan(5);
  });

  it('the commands of each change, typed one after the other, do the same to a qdisc that is there', async () => {
    const script = [
      'tc qdisc replace dev lo root netem delay 20ms corrupt 1% rate 10mbit',
      'tc qdisc replace dev lo root netem delay 20ms corrupt 0% rate 0bit',
      'tc -j qdisc show dev lo',
    ];
    const { stdout, stderr } = lab.run('unshare', '--net', 'sh', '-euc', script.join('\n'));
    expect(stderr).toBe('');
    const [{ options }] = JSON.parse(stdout) as [{ options: object }];
    expect(Object.keys(options)).not.toContain('corrupt');
    expect(Object.keys(options)).not.toContain('rate');
  });

  it('everything at once is exported as lines that give the same, and nothing is left to do', async () => {
    await set({
      delayMs: 20,
      jitterMs: 5.5,
      lossPercent: 0.1,
      duplicatePercent: 1,
      reorderPercent: 25,
      corruptPercent: 0.123,
      rateBitsPerSecond: 1_500_000_000,
      limitPackets: 77,
    });
    await expectNothingLeft(lab);
    await expectSameWhenTyped(lab, lab.topology);
  });

  it('a line that somebody typed is seen as a difference, and repaired', async () => {
    await set({ delayMs: 20 });
    lab.run('tc', '-n', 'h1', 'qdisc', 'change', 'dev', 'eth0', 'root', 'netem', 'delay', '20ms', 'loss', '30%');
    await lab.until(() => lab.drift.some(({ kind }) => kind === 'changed'), 'the difference is told');
    await lab.agent.request({ type: 'repair', items: null });
    await expectNothingLeft(lab);
    expect(lab.observed.namespaces.h1?.interfaces.eth0?.shaping).toEqual({
      kind: 'netem',
      delayMs: 20,
      limitPackets: 1000,
    });
  });
});
