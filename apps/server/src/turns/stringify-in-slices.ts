import { turn } from './turn.js';

/** Longest the event loop is held at a stretch: well under the 25 ms that other clients may wait. */
const sliceMs = 4;

/** What is written faster than this goes out at once: an answer to an edit does not wait for its turn. */
const atOnceMs = 1;

/** Objects deeper than this are small (an interface, a route) and are written in one go. */
const sliceDepth = 4;

/**
 * `JSON.stringify` of a large value without holding the event loop: the value must not change meanwhile, so hand in
 * immutable state. Own keys only; `undefined` members are left out, as JSON.stringify does.
 */
export async function stringifyInSlices(value: unknown): Promise<string> {
  const written: string[] = [];
  let started = performance.now();
  let allowedMs = atOnceMs;
  for (const part of parts(value, sliceDepth)) {
    written.push(part);
    if (performance.now() - started > allowedMs) {
      await turn();
      started = performance.now();
      allowedMs = sliceMs;
    }
  }
  return written.join('');
}

function* parts(value: unknown, depth: number): Generator<string> {
  if (depth === 0 || typeof value !== 'object' || value === null) {
    yield JSON.stringify(value) ?? 'null';
    return;
  }
  let separator = '';
  if (Array.isArray(value)) {
    yield '[';
    for (const item of value) {
      if (separator !== '') yield separator;
      yield* parts(item, depth - 1);
      separator = ',';
    }
    yield ']';
    return;
  }
  yield '{';
  for (const [key, item] of Object.entries(value)) {
    if (item === undefined) continue;
    yield `${separator}${JSON.stringify(key)}:`;
    yield* parts(item, depth - 1);
    separator = ',';
  }
  yield '}';
}
