import type { Diagnostic, DocumentPath } from '../model/diagnostic.js';
import { diagnostic, diagnosticAt, type Problem, quoted } from '../model/problem.js';
import { nearest } from './nearest.js';
import { detailPrefix, knownKeysPrefix, type z } from './strict-zod.js';

type Issue = z.core.$ZodIssue;

/** No more than this many problems of shape are told at once: nobody reads on, and a hostile message could have millions. */
const maximumIssues = 100;

/** What a schema has against a value, told to a person. Paths lead into the value. */
export function diagnosticsOfIssues(issues: readonly Issue[]): readonly Diagnostic[] {
  return issues.slice(0, maximumIssues).flatMap((issue) => diagnosticsOfIssue(issue));
}

function diagnosticsOfIssue(issue: Issue): readonly Diagnostic[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  const field = path.at(-1);
  const name = field === undefined ? 'the value' : typeof field === 'number' ? `item ${field + 1}` : `"${field}"`;
  switch (issue.code) {
    case 'custom': {
      const problem = problemOf(issue.params);
      return [problem === null ? diagnostic('shape.value', path, issue.message) : diagnosticAt(path, problem)];
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey(path, key, issue.message));
    case 'invalid_key':
      return issue.issues.flatMap((inner) => diagnosticsOfIssue({ ...inner, path: [...path, ...inner.path] }));
    case 'invalid_type': {
      if (issue.input === undefined && issue.message.endsWith('undefined')) {
        return [diagnostic('shape.missing-key', path, `${name} is missing; it is ${typeName(issue.expected)}.`)];
      }
      const detail = issue.message.startsWith(detailPrefix)
        ? issue.message.slice(detailPrefix.length)
        : `${name} must be ${typeName(issue.expected)}.`;
      return [diagnostic('shape.type', path, detail)];
    }
    case 'invalid_value': {
      const values = issue.values.map(String);
      return [oneOf(path, name, issue.input, values)];
    }
    case 'invalid_union': {
      const { options } = issue as { readonly options?: readonly unknown[] };
      return [oneOf(path, name, inputAt(issue.input, field), (options ?? []).map(String))];
    }
    case 'too_big':
      return [diagnostic('limit.items', path, `${name} may have at most ${issue.maximum}.`)];
    default:
      return [diagnostic('shape.value', path, `${name}: ${issue.message}.`)];
  }
}

function unknownKey(path: DocumentPath, key: string, message: string): Diagnostic {
  const known = message.startsWith(knownKeysPrefix) ? message.slice(knownKeysPrefix.length).split(', ') : [];
  const near = nearest(key, known);
  const hint = near === null ? `known are ${known.join(', ')}` : `the nearest known one is "${near}"`;
  const detail = `${quoted(key)} is not known here; ${hint}.`;
  const fix = near === null ? undefined : { label: `Use ${near}`, value: near };
  return diagnostic('shape.unknown-key', [...path, key], detail, fix);
}

function oneOf(path: DocumentPath, name: string, input: unknown, values: readonly string[]): Diagnostic {
  if (input === undefined) {
    return diagnostic('shape.missing-key', path, `${name} is missing; it is one of ${values.join(', ')}.`);
  }
  const text = typeof input === 'string' ? input : '';
  const near = nearest(text, values) ?? (values.length === 1 ? values[0] : undefined);
  const shown = typeof input === 'string' || typeof input === 'number' ? `${quoted(String(input))} ` : '';
  const detail = `${name} ${shown}is none of ${values.join(', ')}.`;
  return diagnostic(
    'shape.value',
    path,
    detail,
    near === undefined ? undefined : { label: `Use ${near}`, value: near },
  );
}

function inputAt(input: unknown, field: string | number | undefined): unknown {
  if (typeof input !== 'object' || input === null || field === undefined) return input;
  return Object.hasOwn(input, field) ? (input as Record<string | number, unknown>)[field] : undefined;
}

function problemOf(params: unknown): Problem | null {
  const problem = (params as { readonly problem?: Problem } | undefined)?.problem;
  return problem ?? null;
}

function typeName(expected: string): string {
  const names = new Map([
    ['string', 'text'],
    ['number', 'a number'],
    ['int', 'a whole number'],
    ['boolean', 'true or false'],
    ['array', 'a list'],
    ['tuple', 'a list'],
    ['object', 'a map of keys and values'],
    ['record', 'a map of keys and values'],
  ]);
  return names.get(expected) ?? expected;
}
