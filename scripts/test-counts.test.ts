import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error The scripts are plain JavaScript without declarations.
import * as counts from './test/counts.mjs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'vethlab-counts-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function vitest(report: object | string | null, exitCode: number | null) {
  const file = join(folder, `${Math.random()}.json`);
  if (report !== null) writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report));
  return counts.countReport(file, exitCode, counts.readVitest);
}

const some = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] };
const none = { ...some, numPassedTests: 0, numPendingTests: 0, numTodoTests: 0 };
const brokenFile = { status: 'failed', assertionResults: [] };

test.each([
  ['what the report says', some, 0, { passed: 3, failed: 0, skipped: 2 }],
  ['a failed test', { ...some, numFailedTests: 2 }, 1, { passed: 3, failed: 2, skipped: 2 }],
  ['a file that cannot be loaded', { ...some, testResults: [brokenFile] }, 1, { passed: 3, failed: 1, skipped: 2 }],
  ['an error outside of any test', some, 1, { passed: 3, failed: 1, skipped: 2 }],
  ['a runner that was killed', some, null, { passed: 3, failed: 1, skipped: 2 }],
  ['a runner without a report', null, 0, { passed: 0, failed: 1, skipped: 0 }],
  ['half a report', '{"numPassed', 0, { passed: 0, failed: 1, skipped: 0 }],
  ['a runner that ran nothing', none, 0, { passed: 0, failed: 1, skipped: 0 }],
])('%s is counted', (_name, report, exitCode, expected) => {
  expect(vitest(report, exitCode)).toEqual(expected);
});

test('a browser test that passed only at the second try has failed', () => {
  expect(counts.readPlaywright({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } })).toEqual({
    passed: 4,
    failed: 2,
    skipped: 2,
  });
});

test('a check counts as one', () => {
  expect(counts.countCheck(0)).toEqual({ passed: 1, failed: 0, skipped: 0 });
  expect(counts.countCheck(null)).toEqual({ passed: 0, failed: 1, skipped: 0 });
});
