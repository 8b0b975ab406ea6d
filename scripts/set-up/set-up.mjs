import { buildStale, staleParts } from '../build/build-stale.mjs';
import { install, isInstalled } from './install.mjs';
import { withLock } from './lock.mjs';
import { SetUpError } from './repository.mjs';
import { ensureTools, missingPackages } from './system-tools.mjs';

const modes = ['start', 'test', 'bench'];

/**
 * Installs what is missing and builds what is stale.
 * @param {string} mode start, test or bench
 * @returns {Promise<number>} the exit code: 0 when everything is ready
 */
export async function setUp(mode) {
  try {
    if (!modes.includes(mode))
      throw new SetUpError(`unknown mode "${mode}" · scripts/setup.mjs · use one of ${modes.join(', ')}`);
    // Asked without the lock first: whoever has nothing to do needs neither to wait nor to be able to write here.
    if (missingPackages(mode).length === 0 && isInstalled() && staleParts(mode).length === 0) return 0;
    await withLock(async () => {
      ensureTools(mode);
      await install();
      await buildStale(mode);
    });
    return 0;
  } catch (error) {
    if (!(error instanceof SetUpError)) throw error;
    process.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
}
