import type { ReachCell, ReachReport } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { pairText, reachCounts, reachRows } from './reach-table';

const cell = (from: string, to: string, address: string, reached: boolean): ReachCell => ({
  from,
  to,
  address,
  outcome: reached ? { kind: 'reply', rttMs: 0.5 } : { kind: 'no-route' },
});

const report: ReachReport = {
  nodes: ['h1', '__proto__', 'h3'],
  tookMs: 5,
  cells: [
    cell('h1', '__proto__', '10.0.0.2', true),
    cell('h1', '__proto__', '10.0.1.2', false),
    cell('__proto__', 'h1', '10.0.0.1', true),
    cell('h3', 'h1', '10.0.0.1', false),
  ],
};

it('takes all addresses of a node together, and leaves what was not tried untried', () => {
  const rows = reachRows(report);
  expect(rows.map((row) => row.map((pair) => pair.state))).toEqual([
    ['self', 'partly', 'untried'],
    ['reached', 'self', 'untried'],
    ['failed', 'untried', 'self'],
  ]);
  expect(reachCounts(rows)).toEqual({ reached: 1, tried: 3 });
});

it('says what was tried and why it failed', () => {
  const rows = reachRows(report);
  expect(pairText(rows[0]![1]!)).toBe(
    'h1 → __proto__: 10.0.0.2 answers in 0.5 ms; 10.0.1.2: No route from h1: take its link up, or add a route or a default gateway.',
  );
  expect(pairText(rows[0]![2]!)).toBe('h1 → h3: no address of this family');
});
