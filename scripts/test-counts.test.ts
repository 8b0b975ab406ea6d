import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
// @ts-expect-error The scripts are plain JavaScript without declarations.
import * as counts from './test/counts.mjs';
// @ts-expect-error The same.
import * as failures from './test/failures.mjs';

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

test('failed tests are told by file, name and message, without colours and not at full length', () => {
  const long = Array.from({ length: 100 }, (_, line) => `line ${line}`).join('\n');
  const results = [
    {
      name: join(process.cwd(), 'a.test.ts'),
      status: 'failed',
      assertionResults: [
        { status: 'passed', fullName: 'good', failureMessages: [] },
        { status: 'failed', fullName: 'bad', failureMessages: ['\u001b[31mexpected 1\u001b[39m'] },
        { status: 'failed', fullName: 'long', failureMessages: [long] },
      ],
    },
    { name: join(process.cwd(), 'b.test.ts'), status: 'failed', assertionResults: [], message: 'cannot be loaded' },
  ];
  const file = join(folder, 'failures.json');
  writeFileSync(file, JSON.stringify({ testResults: results }));
  const told = failures.failuresOf(file, failures.vitestFailures);
  expect(told.map(({ test }: { test: string }) => test)).toEqual(['a.test.ts › bad', 'a.test.ts › long', 'b.test.ts']);
  expect(told[0].message).toBe('expected 1');
  expect(told[1].message.split('\n')).toHaveLength(25);
  expect(told[1].message).toMatch(/… 76 lines more above$/);
  expect(told[2].message).toBe('cannot be loaded');
  expect(failures.failuresOf(join(folder, 'none.json'), failures.vitestFailures)).toEqual([]);
});

test('failed browser tests are told too, also those that passed at the second try', () => {
  const spec = (title: string, status: string) => ({
    file: 'a.spec.ts',
    line: 3,
    title,
    tests: [{ status, results: [{ errors: [{ message: `${title} failed` }] }, { errors: [] }] }],
  });
  const report = {
    errors: [{ message: 'no server' }],
    suites: [
      {
        specs: [spec('good', 'expected')],
        suites: [{ specs: [spec('bad', 'unexpected'), spec('at times', 'flaky')] }],
      },
    ],
  };
  expect(failures.playwrightFailures(report)).toEqual([
    { test: 'outside of any test', message: 'no server' },
    { test: 'a.spec.ts:3 › bad', message: 'bad failed' },
    { test: 'a.spec.ts:3 › at times', message: 'at times failed' },
  ]);
});
