import { defineConfig } from '@playwright/test';

/** Debian's Chromium; Playwright never downloads one of its own. */
const executablePath = process.env.VETHLAB_CHROMIUM ?? '/usr/bin/chromium';

export default defineConfig({
  testDir: 'tests',
  outputDir: '../test-results/browser',
  fullyParallel: false,
  // Two cores: one for the browser, one for the server and the kernel work.
  workers: 1,
  // One test is a whole tutorial; a busy machine takes its time.
  timeout: 240_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    headless: true,
    viewport: { width: 1440, height: 900 },
    actionTimeout: 15_000,
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
