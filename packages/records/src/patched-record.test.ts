import { describe, expect, it } from 'vitest';
import { PatchedRecord } from './patched-record.js';

const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`k${index}`, index]));

describe('a patched record', () => {
  it('has the new values and the old ones, in the same order', () => {
    const base = PatchedRecord.of({ a: 1, b: 2, c: 3 });
    const changed = base.with(new Map([['b', 20]])).with(new Map([['a', 10]]));
    expect([changed.get('a'), changed.get('b'), changed.get('c'), changed.get('d')]).toEqual([10, 20, 3, null]);
    expect(Object.entries(changed.whole())).toEqual([
      ['a', 10],
      ['b', 20],
      ['c', 3],
    ]);
    expect(changed.get('b')).toBe(20);
    expect(base.whole()).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('gives the same whole each time, and is itself when nothing is replaced', () => {
    const changed = PatchedRecord.of({ a: 1 }).with(new Map([['a', 2]]));
    expect(changed.whole()).toBe(changed.whole());
    expect(changed.with(new Map())).toBe(changed);
  });

  it('keeps every state of a long row of changes, whoever looked at a whole in between', () => {
    const states = [PatchedRecord.of(hundred)];
    for (let step = 1; step <= 300; step += 1) {
      const next = states.at(-1)?.with(new Map([[`k${(step * 7) % 100}`, -step]]));
      if (next === undefined) throw new Error('There is always a last state.');
      if (step % 37 === 0) next.whole();
      states.push(next);
    }
    const expected: Record<string, number> = { ...hundred };
    for (const [step, state] of states.entries()) {
      if (step > 0) expected[`k${(step * 7) % 100}`] = -step;
      expect(state.get(`k${(step * 7) % 100}`)).toBe(expected[`k${(step * 7) % 100}`]);
      expect(state.whole()).toEqual(expected);
    }
  });

  it('lets keys come and go: new ones stand last, also those that were there before', () => {
    const base = PatchedRecord.of({ a: 1, b: 2, c: 3 });
    const without = base.with(new Map(), new Set(['a']));
    expect([without.get('a'), without.get('b')]).toEqual([null, 2]);
    const back = without.with(new Map([['a', 10]])).with(new Map([['d', 4]]), new Set(['b']));
    expect(Object.entries(back.whole())).toEqual([
      ['c', 3],
      ['a', 10],
      ['d', 4],
    ]);
    expect(Object.keys(without.whole())).toEqual(['b', 'c']);
    expect(base.whole()).toEqual({ a: 1, b: 2, c: 3 });
  });

  it('forgets a key that came and went', () => {
    const changed = PatchedRecord.of({ a: 1 })
      .with(new Map([['b', 2]]))
      .with(new Map(), new Set(['b']));
    expect(changed.get('b')).toBeNull();
    expect(changed.whole()).toEqual({ a: 1 });
  });

  it('takes __proto__ and constructor as ordinary keys', () => {
    const record = Object.fromEntries([['__proto__', 1]]);
    const changed = PatchedRecord.of(record).with(new Map([['__proto__', 2]]));
    expect(changed.get('__proto__')).toBe(2);
    expect(changed.get('constructor')).toBeNull();
    expect(Object.hasOwn(changed.whole(), '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(changed.whole())).toBe(Object.prototype);
  });
});
