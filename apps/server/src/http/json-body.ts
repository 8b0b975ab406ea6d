import type { z } from 'zod';
import { jsonMaxDepth } from '../limits.js';
import { findJsonFault } from './json-fault.js';
import { ProblemError } from './problem-error.js';

/** Longer than any key that is right somewhere. */
const shownKeyMaxLength = 60;

/** A JSON text from outside, as a value. Throws a `ProblemError`. */
export function parseJson(text: string): unknown {
  const fault = findJsonFault(text, jsonMaxDepth);
  if (fault?.type === 'too-deep') {
    throw new ProblemError(400, 'request.too-deep', `The JSON is nested deeper than ${jsonMaxDepth} levels.`);
  }
  if (fault?.type === 'too-many-keys') {
    throw new ProblemError(400, 'request.too-many-keys', 'No document has that many nodes, interfaces or positions.');
  }
  if (fault?.type === 'repeated-key') {
    const key = shownKey(fault.key);
    const detail = `The key ${key} is in one object twice; which one counts cannot be told. Leave one of them out.`;
    throw new ProblemError(400, 'request.repeated-key', detail, { path: [...fault.path, fault.key].map(shortPart) });
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

/** A key as part of a sentence: quoted, and not as long as a hostile one may be. */
function shownKey(key: string): string {
  return JSON.stringify(key.length > shownKeyMaxLength ? `${key.slice(0, shownKeyMaxLength)}…` : key);
}

function shortPart(part: string | number): string | number {
  return typeof part === 'string' ? part.slice(0, shownKeyMaxLength) : part;
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
