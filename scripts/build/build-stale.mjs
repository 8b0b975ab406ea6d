import { parts } from './parts.mjs';
import { isFresh, writeStamp } from './stamp.mjs';

/** Names of the parts that `mode` needs, and whose inputs changed since they were built, or whose output is gone. @param {string} mode */
export function staleParts(mode) {
  return partsFor(mode)
    .filter((part) => !isFresh(part))
    .map((part) => part.name);
}

function partsFor(mode) {
  return parts.filter((part) => part.modes?.includes(mode) ?? true);
}

/** Builds them, in order. @param {string} mode start, test, bench or build (everything) @returns {Promise<string[]>} their names */
export async function buildStale(mode) {
  const built = [];
  for (const part of partsFor(mode)) {
    if (isFresh(part)) continue;
    const startedAtMs = performance.now();
    process.stdout.write(`Building ${part.name}…`);
    // The inputs as they are before: a change while we build makes the part stale again.
    const stamp = writeStamp(part);
    await part.build();
    stamp.keep();
    process.stdout.write(` ${((performance.now() - startedAtMs) / 1000).toFixed(1)} s\n`);
    built.push(part.name);
  }
  return built;
}
