import type { z } from 'zod';
import { jsonMaxDepth } from '../limits.js';
import { ProblemError } from './problem-error.js';

/** Whether the brackets of a JSON text nest deeper than `max`. Reads each character once; strings are skipped. */
export function isDeeperThan(text: string, max: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === 0x5c) index += 1;
      else if (code === 0x22) inString = false;
    } else if (code === 0x22) inString = true;
    else if (code === 0x5b || code === 0x7b) {
      depth += 1;
      if (depth > max) return true;
    } else if (code === 0x5d || code === 0x7d) depth -= 1;
  }
  return false;
}

/** A JSON text from outside, as a value. Throws a `ProblemError`. */
export function parseJson(text: string): unknown {
  if (isDeeperThan(text, jsonMaxDepth)) {
    throw new ProblemError(400, 'request.too-deep', `The JSON is nested deeper than ${jsonMaxDepth} levels.`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError(
      400,
      'request.not-json',
      `The body is not JSON: ${(error as Error).message}.`,
      {},
      { cause: error },
    );
  }
}

/** The value as `schema` has it. Throws a `ProblemError` that names the field. */
export function parseBody<Value>(schema: z.ZodType<Value>, body: unknown): Value {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = deepestIssue(parsed.error.issues);
  throw new ProblemError(422, 'request.body', describeIssue(issue), { path: issue.path });
}

interface Issue {
  readonly message: string;
  readonly path: readonly (string | number)[];
}

/** Of a union's failures, the one that went furthest: it is about the member that was meant. */
export function deepestIssue(issues: readonly z.core.$ZodIssue[]): Issue {
  let best: Issue = { message: 'Invalid input', path: [] };
  const visit = (list: readonly z.core.$ZodIssue[], base: readonly (string | number)[]): void => {
    for (const issue of list) {
      const path = [...base, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
      if (issue.code === 'invalid_union' && issue.errors.length > 0) {
        for (const member of issue.errors) visit(member, path);
      } else if (path.length > best.path.length || best.message === 'Invalid input')
        best = { message: issue.message, path };
    }
  };
  visit(issues, []);
  return best;
}

/** `nodes.0: expected a string`, for people. */
export function describeIssue(issue: Issue): string {
  return issue.path.length === 0 ? `${issue.message}.` : `${issue.path.join('.')}: ${issue.message}.`;
}
