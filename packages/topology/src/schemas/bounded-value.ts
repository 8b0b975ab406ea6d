import type { Diagnostic } from '../model/diagnostic.js';
import { diagnostic } from '../model/problem.js';

/** Deeper than anything that our schemas describe: the deepest is a route in a diff in nested batches. */
const maximumDepth = 40;

/**
 * Refuses foreign JSON that is nested too deeply, or that has a key `__proto__`, before any recursive code sees it.
 * Itself it does not recurse. Null when the value is fit to be looked at.
 */
export function unfitValue(value: unknown): Diagnostic | null {
  const stack: { readonly value: unknown; readonly depth: number }[] = [{ value, depth: 0 }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (typeof top.value !== 'object' || top.value === null) continue;
    if (top.depth >= maximumDepth) {
      return diagnostic('limit.depth', [], `The data is nested more than ${maximumDepth} deep.`);
    }
    if (Object.hasOwn(top.value, '__proto__')) {
      return diagnostic('name.reserved', [], 'The data has a key "__proto__", which no name in a lab can be.');
    }
    for (const inner of Object.values(top.value)) stack.push({ value: inner, depth: top.depth + 1 });
  }
  return null;
}
