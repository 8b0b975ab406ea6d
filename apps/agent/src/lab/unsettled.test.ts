import { expect, it } from 'vitest';
import { Unsettled } from './unsettled.js';

const hub = new Map([['r', new Set(['e1'])]]);
const whole = new Map([['r', 'all' as const]]);

it('leaves a scope as it is while everything worked', () => {
  const unsettled = new Unsettled();
  unsettled.note(hub, false);
  expect(unsettled.widen(hub)).toEqual(hub);
});

it('looks at all of a node in which something failed, until an apply of all of it worked', () => {
  const unsettled = new Unsettled();
  unsettled.note(hub, true);
  unsettled.note(hub, false);
  expect(unsettled.widen(hub)).toEqual(whole);
  expect(unsettled.widen(new Map([['h', new Set(['eth0'])]]))).toEqual(new Map([['h', new Set(['eth0'])]]));
  unsettled.note(whole, false);
  expect(unsettled.widen(hub)).toEqual(hub);
});

it('looks at all of every node after an apply of everything that failed, until one worked', () => {
  const unsettled = new Unsettled();
  unsettled.note(undefined, true);
  unsettled.note(whole, false);
  expect(unsettled.widen(hub)).toEqual(whole);
  unsettled.note(undefined, false);
  expect(unsettled.widen(hub)).toEqual(hub);
});
