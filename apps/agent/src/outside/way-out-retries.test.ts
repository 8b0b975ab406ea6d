import type { ApplyReport } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { WayOutRetries } from './way-out-retries.js';

const inode = 7;

function report(failure: string | null, errno: string | null = null): ApplyReport {
  const step = { id: 'open-way-out:inet', operation: { op: 'open-way-out', namespace: 'inet' } } as never;
  const failures = failure === null ? [] : [{ step, errno, message: failure, commands: [], skipped: [] }];
  return { revision: 1, steps: 1, operations: 1, ms: 1, failures, differences: [], plan: [] };
}

/** A namespace whose way out comes to be as `answers` say, in turn: a failure; null: it opens; 'unwanted': the document wants none any more; 'ends at once': it opens, and is gone before anybody hears of it. */
class World {
  readonly waitsMs: number[] = [];
  readonly told: (string | null)[] = [];
  readonly complaints: string[] = [];
  asked = 0;
  open = false;
  nowMs = 0;
  name: string | undefined = 'inet';
  readonly retries: WayOutRetries;

  constructor(
    readonly answers: (string | null)[],
    /** What happens while it waits. */
    readonly meanwhile: (world: World) => void = () => undefined,
  ) {
    this.retries = new WayOutRetries({
      namespaces: { get: () => ({ inode }) as never, nameOf: () => this.name },
      isOpen: () => this.open,
      reopen: async () => this.#reopen(),
      tell: (one) => {
        this.told.push(one.failures[0]?.message ?? null);
        // As the agent does with every report.
        this.retries.afterApply(one);
      },
      complain: (what) => this.complaints.push(what),
      now: () => this.nowMs,
      wait: async (ms) => {
        this.waitsMs.push(ms);
        this.nowMs += ms;
        this.meanwhile(this);
      },
    });
  }

  get done(): boolean {
    return this.answers.length === 0;
  }

  #reopen(): ApplyReport | null {
    this.asked += 1;
    const answer = this.answers.shift();
    if (answer === undefined) throw new Error('Nobody should ask any more.');
    if (answer === 'unwanted') return null;
    if (answer === 'ends at once') {
      void this.retries.afterEnd(inode);
      return report(null);
    }
    this.open = answer === null;
    return report(answer);
  }
}

describe('a way out that was not opened', () => {
  it('is tried again with growing patience until it opens, and the same failure is told once', async () => {
    const world = new World(['no network', 'no network', 'no network', 'worse', null]);
    world.retries.afterApply(report('no network'));
    await expect.poll(() => world.open).toBe(true);
    expect(world.waitsMs).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
    expect(world.told).toEqual(['worse', null]);
  });

  it('is tried for ever, every half minute at last, and not after the document wants it no more', async () => {
    const world = new World([...Array(20).fill('no network'), 'unwanted']);
    world.retries.afterApply(report('no network'));
    await expect.poll(() => world.done).toBe(true);
    expect(world.waitsMs.at(-1)).toBe(30_000);
    expect([world.told, world.complaints]).toEqual([[], []]);
  });

  it('is left to whoever opens it meanwhile, or removes its namespace', async () => {
    for (const change of [
      (of: World) => Object.assign(of, { open: true }),
      (of: World) => Object.assign(of, { name: undefined }),
    ]) {
      const world = new World(['no network'], (of) => {
        if (of.waitsMs.length === 2) change(of);
      });
      world.retries.afterApply(report('no network'));
      await expect.poll(() => world.waitsMs).toEqual([500, 1_000]);
      expect([world.asked, world.complaints]).toEqual([1, []]);
    }
  });

  it('is not tried again after somebody cancelled the apply', async () => {
    const world = new World([]);
    world.retries.afterApply(report('Cancelled.', 'ECANCELED'));
    await Promise.resolve();
    expect([world.asked, world.waitsMs]).toEqual([0, []]);
  });
});

describe('a way out that ended by itself', () => {
  it('is opened again at once, and when that fails, later', async () => {
    const world = new World(['refused', null]);
    await world.retries.afterEnd(inode);
    expect(world.waitsMs).toEqual([500]);
    expect(world.told).toEqual(['refused', null]);
  });

  it('is opened again also when it ends before the last try is over', async () => {
    const world = new World(['refused', 'ends at once', null]);
    await world.retries.afterEnd(inode);
    expect([world.waitsMs, world.open]).toEqual([[500, 1_000], true]);
  });

  it('has a fresh start after a minute in which it worked', async () => {
    const world = new World([null, null, null]);
    await world.retries.afterEnd(inode);
    world.open = false;
    world.nowMs += 1_000;
    await world.retries.afterEnd(inode);
    world.open = false;
    world.nowMs += 61_000;
    await world.retries.afterEnd(inode);
    expect(world.waitsMs).toEqual([500]);
  });
});
