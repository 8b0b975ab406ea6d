import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * What takes longest, longest first: with several files at a time, the last one to begin must not be the longest, or the other processes wait for
 * it with nothing to do. A file that is not here begins after these, in vitest's own order (larger ones first).
 */
const longest = [
  'apps/agent/src/examples.kernel.test.ts',
  'apps/agent/src/host/server.kernel.test.ts',
  'apps/agent/src/host/conflicts.kernel.test.ts',
  'apps/agent/src/spanning-tree.kernel.test.ts',
  'apps/agent/src/host/killed.kernel.test.ts',
  'apps/server/src/import/import-script.kernel.test.ts',
  'apps/agent/src/pings.kernel.test.ts',
  'apps/agent/src/host/take-down.kernel.test.ts',
  'apps/cli/src/commands/run.kernel.test.ts',
  'apps/agent/src/outside/on-a-machine.kernel.test.ts',
  'apps/agent/src/outside/way-out.kernel.test.ts',
];

/** The order in which vitest begins files. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const place = longest.findIndex((path) => moduleId.endsWith(path));
      return place === -1 ? longest.length : place;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}
