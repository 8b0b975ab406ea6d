import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the clone. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Stamps, locks and reports of the scripts; not in git. */
export const stateFolder = join(root, '.vethlab');

/** @param {string[]} parts */
export function statePath(...parts) {
  const path = join(stateFolder, ...parts);
  mkdirSync(dirname(path), { recursive: true });
  return path;
}

/** A fault that a person can mend: printed as one line, without a stack. */
export class SetUpError extends Error {
  name = 'SetUpError';
}
