import { afterEach, expect, it, vi } from 'vitest';
import { measureInside } from './inside/throughput.js';
import { measureOutside } from './outside/throughput.js';
import { markdownTable, type Row } from './table.js';

afterEach(() => vi.unstubAllEnvs());

it('what needs a program that is missing is a row that says so, and not left out', async () => {
  vi.stubEnv('PATH', '/nowhere');
  const rows: Row[] = [];
  expect([await measureInside(rows), await measureOutside(rows)]).toEqual([null, null]);
  expect(new Set(rows.map(({ figure }) => figure))).toEqual(new Set(['not measured: iperf3 is missing']));
  expect(markdownTable(rows)).toMatch(/through a way out, behind a host .*not measured: iperf3 is missing/);
});
