import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { isDeeperThan, parseBody, parseJson } from './json-body.js';
import { ProblemError } from './problem-error.js';

describe('the depth of JSON', () => {
  it('is counted outside of strings only', () => {
    expect(isDeeperThan('[[1]]', 2)).toBe(false);
    expect(isDeeperThan('[[[1]]]', 2)).toBe(true);
    expect(isDeeperThan(String.raw`{"a":"[[[[\"{{{{"}`, 1)).toBe(false);
    expect(isDeeperThan('[],[],[]', 1)).toBe(false);
  });

  it('of 20,000 levels is refused quickly', () => {
    const text = '['.repeat(20_000) + ']'.repeat(20_000);
    const started = performance.now();
    expect(() => parseJson(text)).toThrow(ProblemError);
    expect(performance.now() - started).toBeLessThan(100);
  });
});

it('a body that is no JSON says so', () => {
  expect(() => parseJson('{"a":')).toThrow(/not JSON/);
});

it('a wrong field is named with its path, also inside of a union', () => {
  const schema = z.union([z.strictObject({ a: z.string() }), z.strictObject({ b: z.strictObject({ c: z.number() }) })]);
  try {
    parseBody(schema, { b: { c: 'x' } });
    expect.unreachable();
  } catch (error) {
    expect(error).toBeInstanceOf(ProblemError);
    expect((error as ProblemError).problem).toMatchObject({ status: 422, code: 'request.body', path: ['b', 'c'] });
  }
});
