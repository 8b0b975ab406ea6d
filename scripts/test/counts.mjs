import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Counts */

/** @type {Counts} */
export const nothing = { passed: 0, failed: 0, skipped: 0 };

/** @param {Counts} a @param {Counts} b @returns {Counts} */
export function add(a, b) {
  return { passed: a.passed + b.passed, failed: a.failed + b.failed, skipped: a.skipped + b.skipped };
}

/** A check without a report of its own counts as one. @param {number | null} exitCode @returns {Counts} */
export function countCheck(exitCode) {
  return exitCode === 0 ? { ...nothing, passed: 1 } : { ...nothing, failed: 1 };
}

/**
 * Counts of a runner from its report. A runner that crashed, ran nothing, or failed without a failed test (an error outside of any test, a file
 * that cannot be loaded) counts as one failure more: green is only what was seen to be green.
 * @param {string} reportFile
 * @param {number | null} exitCode
 * @param {(report: any) => Counts} read
 * @returns {Counts}
 */
export function countReport(reportFile, exitCode, read) {
  const report = readReport(reportFile);
  const counts = report === null ? nothing : read(report);
  const ranNothing = counts.passed + counts.failed === 0;
  const failedSilently = exitCode !== 0 && counts.failed === 0;
  return ranNothing || failedSilently ? { ...counts, failed: counts.failed + 1 } : counts;
}

/** @returns {any} null when there is none, or half of one */
export function readReport(file) {
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** vitest's JSON report, which follows Jest's. @returns {Counts} */
export function readVitest(report) {
  const files = report.testResults ?? [];
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

/** Playwright's JSON report. A test that passed only when it was tried again counts as failed: it does not always work. @returns {Counts} */
export function readPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = report.stats;
  return { passed: expected, failed: unexpected + flaky, skipped };
}
