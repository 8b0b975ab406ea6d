import { z } from 'zod';
import type { Parsed } from '../model/problem.js';

// Compiled validators need `new Function`, which the page's Content-Security-Policy forbids (trust.md); even trying is
// reported as a violation in the browser's console.
z.config({ jitless: true });

/** Precedes the list of known keys in the message of an unknown key; `diagnosticsOfIssues` reads it back. */
export const knownKeysPrefix = 'known keys: ';

/** Precedes the words of a schema that knows better than `diagnosticsOfIssues` what to say of a value of the wrong type. */
export const detailPrefix = 'detail: ';

/** An object that refuses unknown keys and can say which ones it knows. */
export function strictObject<Shape extends z.core.$ZodLooseShape>(shape: Shape): z.ZodObject<Shape, z.core.$strict> {
  const known = `${knownKeysPrefix}${Object.keys(shape).join(', ')}`;
  return z.strictObject(shape, { error: (issue) => (issue.code === 'unrecognized_keys' ? known : undefined) });
}

/** Text that one of our parsers turns into a value; its problem becomes the issue. */
export function parsedText<Value>(parse: (text: string) => Parsed<Value>, meta: TextMeta) {
  return z
    .string()
    .meta({ ...meta })
    .transform((text, context) => valueOrIssue(parse(text), text, context));
}

/** A number that one of our checks may refuse. Minus zero becomes zero: no text format can tell them apart. */
export function checkedNumber(check: (value: number) => Parsed<number>, meta: NumberMeta) {
  return z
    .number()
    .meta({ ...meta })
    .transform((value, context) => valueOrIssue(check(value), value, context));
}

interface TextMeta {
  readonly description: string;
  readonly examples?: string[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

interface NumberMeta {
  readonly description: string;
  readonly type?: 'integer' | 'number';
  readonly minimum: number;
  readonly maximum: number;
}

function valueOrIssue<Value>(parsed: Parsed<Value>, input: unknown, context: z.core.$RefinementCtx): Value {
  if (parsed.ok) return parsed.value;
  context.issues.push({
    code: 'custom',
    message: parsed.problem.detail,
    params: { problem: parsed.problem },
    input,
  });
  return z.NEVER;
}

export { z };
