import { defineConfig } from '@playwright/test';

/** Debian's Chromium; Playwright never downloads one of its own. */
const executablePath = process.env.VETHLAB_CHROMIUM ?? '/usr/bin/chromium';

const fullKernel = '**/full-kernel.spec.ts';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results/browser',
  fullyParallel: false,
  // A person, and so a test, waits most of the time: for packets, for the kernel, for what moves on the page. Each worker has a server of its own.
  workers: 2,
  // One test is a whole tutorial; a busy machine takes its time.
  timeout: 240_000,
  expect: { timeout: 30_000 },
  reporter: [['list']],
  // A server of another kind has workers of its own, and Playwright begins with the first project: the slow kernel must not be what all wait for.
  projects: [
    // Where everything takes several times as long.
    { name: 'full-kernel', testMatch: fullKernel, timeout: 480_000, expect: { timeout: 60_000 } },
    { name: 'browser', testIgnore: fullKernel },
  ],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 30_000,
    screenshot: 'only-on-failure',
    // Recording one makes every step three times as slow. To see what a failing test saw: --trace on.
    trace: 'off',
    launchOptions: {
      executablePath,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
