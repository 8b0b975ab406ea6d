import type { ReachReport } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { type Sweeper, Sweeps } from './sweeps';

/** Answers when it is told to. */
class HandSweeper implements Sweeper {
  readonly asked: ((report: ReachReport | Error) => void)[] = [];
  cancels = 0;

  reach(): Promise<ReachReport> {
    return new Promise((resolve, reject) => {
      this.asked.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer)));
    });
  }

  cancelReach(): void {
    this.cancels += 1;
  }
}

const report = (tookMs: number): ReachReport => ({ nodes: ['h1', 'h2'], cells: [], tookMs });
const settled = () => new Promise((resolve) => setTimeout(resolve));

function bench() {
  const sweeper = new HandSweeper();
  const sweeps = new Sweeps(sweeper);
  const shown = () => sweeps.store.getState().reports.get(4)?.tookMs;
  return { sweeper, sweeps, shown };
}

describe('sweeps', () => {
  it('meet a wish that comes while one runs with one more afterwards, and never with two', async () => {
    const { sweeper, sweeps, shown } = bench();
    void sweeps.check();
    void sweeps.check();
    void sweeps.check();
    expect(sweeper.asked).toHaveLength(1);
    sweeper.asked[0]?.(report(1));
    await settled();
    expect(sweeper.asked).toHaveLength(2);
    expect(shown()).toBe(1);
    sweeper.asked[1]?.(report(2));
    await settled();
    expect(shown()).toBe(2);
    expect(sweeper.asked).toHaveLength(2);
    expect(sweeps.store.getState().running).toBeNull();
  });

  it('meet the wish also when the one that runs fails', async () => {
    const { sweeper, sweeps, shown } = bench();
    void sweeps.check();
    void sweeps.check();
    sweeper.asked[0]?.(new Error('gone'));
    await settled();
    sweeper.asked[1]?.(report(2));
    await settled();
    expect(shown()).toBe(2);
    expect(sweeps.store.getState().problem).toBeNull();
  });

  it('do not show half a matrix when they are given up: the last whole one stays, and that is said', async () => {
    const { sweeper, sweeps, shown } = bench();
    void sweeps.check();
    sweeper.asked[0]?.(report(1));
    await settled();
    void sweeps.check();
    sweeps.cancel();
    expect(sweeper.cancels).toBe(1);
    sweeper.asked[1]?.(report(2));
    await settled();
    expect(shown()).toBe(1);
    expect(sweeps.store.getState().cancelled).toBe(true);
    void sweeps.check();
    expect(sweeps.store.getState().cancelled).toBe(false);
  });

  it('start again when a wish comes after they were given up but before they have ended', async () => {
    const { sweeper, sweeps, shown } = bench();
    void sweeps.check();
    sweeps.cancel();
    void sweeps.check();
    sweeper.asked[0]?.(report(1));
    await settled();
    sweeper.asked[1]?.(report(2));
    await settled();
    expect(shown()).toBe(2);
  });

  it('cancel nothing when nothing runs: the same word would stop an apply', () => {
    const { sweeper, sweeps } = bench();
    sweeps.cancel();
    expect(sweeper.cancels).toBe(0);
  });

  it('of the lab before leave the next lab alone', async () => {
    const { sweeper, sweeps, shown } = bench();
    void sweeps.check();
    void sweeps.check();
    sweeps.reset();
    void sweeps.check();
    sweeper.asked[0]?.(report(1));
    await settled();
    expect(shown()).toBeUndefined();
    expect(sweeps.store.getState().running).not.toBeNull();
    expect(sweeper.asked).toHaveLength(2);
    sweeper.asked[1]?.(report(2));
    await settled();
    expect(shown()).toBe(2);
    expect(sweeper.asked).toHaveLength(2);
  });
});
