import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, statePath } from '../set-up/repository.mjs';
import { countCheck, countReport, readPlaywright, readVitest } from './counts.mjs';
import { failuresOf, playwrightFailures, vitestFailures } from './failures.mjs';

/**
 * What `npm test` runs, in order: the quick and broad first. What is marked `beside` is started at once and runs beside those before it.
 * @returns {{ beside?: boolean, name: string, script: string, args: string[], env?: Record<string, string>, count: (exitCode: number | null) => import('./counts.mjs').Counts, failures: () => import('./failures.mjs').Failure[] }[]}
 */
export function testParts() {
  const parts = [
    check('types', 'node_modules/typescript/bin/tsc', ['-b']),
    check('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '--max-diagnostics=50', '.']),
    check('architecture', 'scripts/architecture.mjs', []),
    vitest('unit'),
    vitest('kernel'),
    fullKernel(),
  ];
  const browser = 'e2e/playwright.config.ts';
  return existsSync(join(root, browser)) ? [...parts, playwright(browser)] : parts;
}

function check(name, script, args) {
  return { name, script, args, count: countCheck, failures: () => [] };
}

function vitest(project) {
  const report = statePath('reports', `${project}.json`);
  return {
    name: project,
    script: 'node_modules/vitest/vitest.mjs',
    args: ['run', '--project', project, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    count: (exitCode) => countReport(report, exitCode, readVitest),
    failures: () => failuresOf(report, vitestFailures),
  };
}

/** vitest too, inside a second kernel: one process, slow, and finished before the browser tests, which look at how quick a page is. */
function fullKernel() {
  const report = statePath('reports', 'uml.json');
  return {
    name: 'uml',
    beside: true,
    script: 'scripts/uml/run-tests.mjs',
    args: [],
    count: (exitCode) => countReport(report, exitCode, readVitest),
    failures: () => failuresOf(report, vitestFailures),
  };
}

function playwright(config) {
  const report = statePath('reports', 'browser.json');
  return {
    name: 'browser',
    script: 'node_modules/@playwright/test/cli.js',
    args: ['test', '--config', config, '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: report, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    count: (exitCode) => countReport(report, exitCode, readPlaywright),
    failures: () => failuresOf(report, playwrightFailures),
  };
}
