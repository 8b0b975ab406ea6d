import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from '../set-up/repository.mjs';
import { readReport } from './counts.mjs';

/** @typedef {{ test: string, message: string }} Failure `test` with its file, `message` in plain text */

/** Of a message, what says why: the rest is above, where the test ran. */
const messageLines = 24;

/**
 * The failed tests of a report, for those who see only the end of a long output.
 * @param {string} reportFile
 * @param {(report: any) => Failure[]} read
 * @returns {Failure[]}
 */
export function failuresOf(reportFile, read) {
  const report = readReport(reportFile);
  return report === null ? [] : read(report).map(({ test, message }) => ({ test, message: shorten(message) }));
}

/** @returns {Failure[]} */
export function vitestFailures(report) {
  return (report.testResults ?? []).flatMap((file) => {
    const name = relative(root, file.name);
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [{ test: name, message: file.message ?? '' }];
    return failed.map((test) => ({
      test: `${name} › ${test.fullName}`,
      message: (test.failureMessages ?? []).join('\n'),
    }));
  });
}

/** @returns {Failure[]} */
export function playwrightFailures(report) {
  return [
    ...(report.errors ?? []).map((error) => ({ test: 'outside of any test', message: error.message ?? '' })),
    ...(report.suites ?? []).flatMap(suiteFailures),
  ];
}

function suiteFailures(suite) {
  const own = (suite.specs ?? []).flatMap((spec) =>
    spec.tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map((test) => ({
        test: `${spec.file}:${spec.line} › ${spec.title}`,
        message: test.results.flatMap(({ errors }) => (errors ?? []).map(({ message }) => message ?? '')).join('\n'),
      })),
  );
  return [...own, ...(suite.suites ?? []).flatMap(suiteFailures)];
}

/** @param {string} message */
function shorten(message) {
  const lines = stripVTControlCharacters(message).trimEnd().split('\n');
  if (lines.length <= messageLines) return lines.join('\n');
  return [...lines.slice(0, messageLines), `… ${lines.length - messageLines} lines more above`].join('\n');
}
