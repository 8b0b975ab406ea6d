import { messageMaxBytes, type Problem } from '@vethlab/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { expectCheap } from '../testing/cheap.js';
import { parseBody, parseJson } from './json-body.js';
import { findJsonFault } from './json-fault.js';
import { ProblemError } from './problem-error.js';

/** The problem that a text is refused with. */
function problemOf(text: string): Problem {
  try {
    parseJson(text);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was taken.');
}

/** Looks at a text, whatever comes of it. */
function lookAt(text: string): void {
  try {
    parseJson(text);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
  }
}

describe('the depth of JSON', () => {
  it('is counted outside of strings only', () => {
    expect(findJsonFault('[[1]]', 2)).toBeNull();
    expect(findJsonFault('[[[1]]]', 2)).toEqual({ type: 'too-deep' });
    expect(findJsonFault(String.raw`{"a":"[[[[\"{{{{"}`, 1)).toBeNull();
    expect(findJsonFault('[],[],[]', 1)).toBeNull();
  });

  it('of 20,000 levels is refused quickly', async () => {
    const text = '['.repeat(20_000) + ']'.repeat(20_000);
    expect(problemOf(text).code).toBe('request.too-deep');
    await expectCheap(() => lookAt(text));
  });
});

describe('a key that is in one object twice', () => {
  it.each([
    ['{"name":"a","name":"b"}', ['name']],
    [String.raw`{"name":1,"n\u0061me":2}`, ['name']],
    ['[0,{"a":{"b":[{},{"x":1,"y":{},"x":[]}]}}]', [1, 'a', 'b', 1, 'x']],
    ['{"__proto__":1,"__proto__":2}', ['__proto__']],
    ['{"":1,"":2}', ['']],
    ['{"7":1,"7":2}', ['7']],
    ['{"a":1,"b":2,"c":3,"b":4}', ['b']],
  ])('%s is refused by name and place', (text, path) => {
    const problem = problemOf(text);
    expect(problem).toMatchObject({ status: 400, code: 'request.repeated-key', path });
    expect(problem.detail).toContain(JSON.stringify(path.at(-1)));
  });

  it.each(['{"a":{"a":1},"b":{"a":[{"a":1},{"a":2}]}}', '["a","a"]', '{"a":"a","b":"a"}', String.raw`{"a\"":1,"a":2}`])(
    '%s is not one',
    (text) => {
      expect(parseJson(text)).toEqual(JSON.parse(text));
    },
  );

  it('is found whatever else there is, and never where there is none', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.string(), (value, key) => {
        expect(parseJson(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        const written = JSON.stringify(key);
        const text = `[${JSON.stringify(value)},{${written}:${JSON.stringify(value)},"other key":0,${written}:1}]`;
        if (key !== 'other key') expect(problemOf(text)).toMatchObject({ code: 'request.repeated-key' });
      }),
    );
  });

  it('is told shortly, however long it is', () => {
    const key = 'k'.repeat(100_000);
    expect(JSON.stringify(problemOf(`{"${key}":1,"${key}":2}`)).length).toBeLessThan(1_000);
  });
});

it('more keys than a lab of 5,000 nodes can have are refused, and those of the largest lab are not', () => {
  const object = (keys: number) =>
    JSON.stringify(Object.fromEntries(Array.from({ length: keys }, (_, at) => [`k${at}`, 0])));
  expect(problemOf(object(25_000)).code).toBe('request.too-many-keys');
  expect(parseJson(`[${object(5_001)},${object(5_001)},${object(5_001)}]`)).toHaveLength(3);
});

describe('1 MiB of hostile JSON is parsed or refused in under 100 ms:', () => {
  const fill = (part: (index: number) => string, [before, after]: readonly [string, string]) => {
    const parts: string[] = [];
    for (let length = 0, index = 0; length < messageMaxBytes - 20; index += 1) {
      const next = part(index);
      parts.push(next);
      length += next.length + 1;
    }
    return `${before}${parts.join(',')}${after}`;
  };
  it.each([
    ['many keys', fill((index) => `"k${index}":1`, ['{', '}'])],
    ['keys that are numbers', fill((index) => `"${index * 64}":1`, ['{', '}'])],
    ['escaped keys', fill((index) => String.raw`"\u0061${index}":1`, ['{', '}'])],
    [
      'large objects',
      fill((index) => `${index % 60 === 0 ? '{' : ''}"k${index}":1${index % 60 === 59 ? '}' : ''}`, ['[', '}]']),
    ],
    ['one object for each key', fill(() => '{"a":1}', ['[', ']'])],
    ['empty objects', fill(() => '{}', ['[', ']'])],
    ['one long string', `"${'x'.repeat(messageMaxBytes)}"`],
    ['one string that never ends', `{"${String.raw`\"`.repeat(messageMaxBytes / 2)}`],
    ['quotes only', '"'.repeat(messageMaxBytes)],
    ['a repeated key at the very end', `${fill((index) => `"k${index}":1`, ['{', ''])},"k0":1}`],
  ])('%s', async (_what, text) => {
    await expectCheap(() => lookAt(text));
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
