import { describe, expect, it } from 'vitest';
import { nudged } from './nudge';

const places = new Map([
  ['a', { x: 0, y: 0 }],
  ['b', { x: 100, y: 100 }],
]);

describe('an arrow key', () => {
  it('moves what is chosen by one grid unit, with shift by ten', () => {
    expect(nudged('ArrowRight', false, ['a'], new Map(), places)?.get('a')).toEqual({ x: 8, y: 0 });
    expect(nudged('ArrowUp', true, ['a', 'b'], new Map(), places)?.get('b')).toEqual({ x: 100, y: 20 });
  });
  it('goes on from where a held key has come to', () => {
    const once = nudged('ArrowDown', false, ['a'], new Map(), places) ?? new Map();
    expect(nudged('ArrowDown', false, ['a'], once, places)?.get('a')).toEqual({ x: 0, y: 16 });
  });
  it('does nothing with nothing chosen, and other keys are no arrows', () => {
    expect(nudged('ArrowDown', false, [], new Map(), places)).toBeNull();
    expect(nudged('a', false, ['a'], new Map(), places)).toBeNull();
  });
});
