import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where programs are that shells and commands of a lab find beside those of the machine: `vrf-exec`. Beside the bundled agent. */
export const toolFolder = join(dirname(fileURLToPath(import.meta.url)), 'bin');

/** A search path with those programs, after the machine's own. */
export function withTools(path: string): string {
  return `${path}:${toolFolder}`;
}

/** For programs of ours: which Node runs them. */
export const toolEnvironment = { VETHLAB_NODEJS: process.execPath } as const;
