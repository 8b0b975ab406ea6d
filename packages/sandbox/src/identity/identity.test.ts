import { expect, test } from 'vitest';
import { chooseUidRange, containerUids, parseIdMap, sandboxUids } from './uid-range.js';

const whole = parseIdMap('         0          0 4294967295\n');

test('an ordinary machine gives the high range', () => {
  expect(chooseUidRange(whole, whole)).toBe(sandboxUids);
});

test('a container with 16-bit ids gives the low range', () => {
  const map = parseIdMap('0 100000 65536');
  expect(chooseUidRange(map, map)).toBe(containerUids);
  expect(chooseUidRange(whole, map)).toBe(containerUids);
});

test('root of a namespace with one id cannot drop to anybody', () => {
  const map = parseIdMap('0 1000 1');
  expect(chooseUidRange(map, map)).toBe(null);
  expect(chooseUidRange(parseIdMap(''), whole)).toBe(null);
});

test('the high range keeps out of the ranges of people, subordinate ids, nspawn and the foreign range', () => {
  const last = sandboxUids.first + sandboxUids.count - 1;
  expect(sandboxUids.first).toBeGreaterThan(1_879_048_191);
  expect(last).toBeLessThan(2_147_352_576);
});
