import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/test/longest-first.js';

// Workspace packages are read from their TypeScript sources, so a unit test never runs against a stale build.
// Without `import`: Vitest hands these to Node as well, where they would send a CommonJS `require` to ES modules.
const conditions = ['source', 'node'];

/**
 * Deadlines that end what hangs, and say nothing of how long a thing may take: a machine that is busy elsewhere is five times as slow.
 * @param awaitedMs for what a test asks for again and again
 */
const againstWhatHangs = (awaitedMs: number) => ({
  testTimeout: 4 * awaitedMs,
  hookTimeout: 4 * awaitedMs,
  expect: { poll: { timeout: awaitedMs } },
});

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // Not a test of speed: the first random string of all of Unicode alone costs seconds on a busy machine.
          testTimeout: 60_000,
          include: [
            'packages/*/src/**/*.test.ts',
            'apps/*/src/**/*.test.{ts,tsx}',
            'bench/src/**/*.test.ts',
            'scripts/**/*.test.ts',
          ],
          exclude: ['**/*.kernel.test.ts', '**/*.uml.test.ts', '**/node_modules/**', '**/dist/**'],
          // Files share their processes: loading what they import anew for each took 40 % of the time. So a file leaves nothing behind:
          // no fake timers, no environment, no globals.
          isolate: false,
          pool: 'forks',
          // vitest would leave one core of two idle.
          maxWorkers: '100%',
        },
      },
      {
        extends: true,
        test: {
          // Real kernel, real sandboxes: each file starts what it needs and ends it. Most of the time they wait (for answers that must not come, for
          // spanning tree), so several files share the cores. As for unit tests, loading anew for each file took a third of their time.
          name: 'kernel',
          isolate: false,
          include: ['packages/*/src/**/*.kernel.test.ts', 'apps/*/src/**/*.kernel.test.ts'],
          maxWorkers: 4,
          pool: 'forks',
          ...againstWhatHangs(60_000),
        },
      },
      {
        extends: true,
        test: {
          // In a second kernel that has everything (scripts/uml): all files in one process, since a new one costs seconds there.
          name: 'uml',
          include: ['packages/*/src/**/*.uml.test.ts', 'apps/*/src/**/*.uml.test.ts'],
          setupFiles: ['scripts/uml/only-inside.mjs'],
          fileParallelism: false,
          isolate: false,
          pool: 'forks',
          // A random lab takes a minute here, and three on a machine that is busy elsewhere.
          ...againstWhatHangs(180_000),
        },
      },
    ],
  },
});
