import fc from 'fast-check';
import { expect, it } from 'vitest';
import { stringifyInSlices } from './stringify-in-slices.js';

it('writes what JSON.stringify writes, for any JSON value', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue({ maxDepth: 7 }), async (value) => {
      expect(await stringifyInSlices(value)).toBe(JSON.stringify(value));
    }),
  );
});

it('leaves undefined members out, and keeps a member named __proto__', async () => {
  expect(await stringifyInSlices({ a: undefined, b: [undefined, 1] })).toBe('{"b":[null,1]}');
  const hostile = JSON.parse('{"namespaces":{"__proto__":{"name":"__proto__"},"constructor":{}}}');
  expect(await stringifyInSlices(hostile)).toBe(JSON.stringify(hostile));
});

it('lets others work while it writes a large value', async () => {
  const large = Object.fromEntries(
    Array.from({ length: 30_000 }, (_, index) => [`n${index}`, { a: { b: { c: 'x'.repeat(200) } } }]),
  );
  let turns = 0;
  let running = true;
  const count = () => {
    turns += 1;
    if (running) setImmediate(count);
  };
  setImmediate(count);
  await stringifyInSlices(large);
  running = false;
  expect(turns).toBeGreaterThan(0);
});
