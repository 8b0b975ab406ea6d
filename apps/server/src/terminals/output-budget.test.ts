import { describe, expect, it } from 'vitest';
import { until } from '../testing/until.js';
import { OutputBudget } from './output-budget.js';

describe('the budget of output', () => {
  it('is given at once while there is enough', () => {
    const budget = new OutputBudget({ bytesPerSecond: 1_000, burstBytes: 10_000 });
    const given: number[] = [];
    budget.ask({}, 500, (bytes) => given.push(bytes));
    expect(given).toEqual([500]);
  });

  it('is shared in turns, and no faster than it says', async () => {
    const budget = new OutputBudget({ bytesPerSecond: 1_000_000, burstBytes: 32 * 1024 });
    const floods = [{ got: 0 }, { got: 0 }, { got: 0 }];
    const started = performance.now();
    for (const flood of floods) {
      budget.ask(flood, 1_000_000, (bytes) => {
        flood.got += bytes;
      });
    }
    const typist = { got: 0 };
    budget.ask(typist, 10, (bytes) => {
      typist.got += bytes;
    });
    const total = () => floods.reduce((sum, { got }) => sum + got, 0);
    await until(() => total() > 200_000, 'some of it');
    const allowed = 32 * 1024 + (performance.now() - started) * 1_000;
    expect(total()).toBeLessThanOrEqual(allowed + 1);
    expect(typist.got).toBe(10);
    const counts = floods.map(({ got }) => got);
    // The first had the burst for itself.
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(3 * 16 * 1024);
    for (const flood of floods) budget.forget(flood);
    const end = total();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(total()).toBe(end);
  });
});
