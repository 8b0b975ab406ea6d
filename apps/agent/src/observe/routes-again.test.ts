import type { ObservedRoute } from '@vethlab/observed';
import { describe, expect, it } from 'vitest';
import { type AskedRoutes, routesAgain } from './routes-again.js';

const route = (to: string, dev: string | null): ObservedRoute => ({
  family: 4,
  to,
  via: '10.0.0.254',
  dev,
  metric: 0,
  protocol: 4,
  linkDown: false,
});

const names: Record<number, string> = { 1: 'a', 2: 'b' };

/** A kernel that answers from a list, and counts how often it is asked for all of it. */
function kernel(routes: readonly ObservedRoute[]) {
  const asked = { all: 0 };
  const look = (ifindex?: number) => {
    if (ifindex === undefined) asked.all += 1;
    return routes.filter(({ dev }) => ifindex === undefined || dev === null || dev === names[ifindex]);
  };
  return { asked, look };
}

const throughA: AskedRoutes = { through: new Map([[1, 'a']]), isLost: false };

describe('routes that are read again', () => {
  it('are the list as before when the interfaces asked for have the same ones, and the others are not read', () => {
    const known = [route('default', 'b'), route('10.1.0.0/16', 'a')];
    const { asked, look } = kernel(known.map((one) => ({ ...one })));
    expect(routesAgain(known, throughA, look)).toBe(known);
    expect(asked.all).toBe(0);
  });

  it.each([
    ['came', [route('default', 'b')], [route('default', 'b'), route('10.1.0.0/16', 'a')]],
    ['went', [route('10.1.0.0/16', 'a')], []],
    ['changed', [route('default', 'a')], [{ ...route('default', 'a'), linkDown: true }]],
    ['took the place of one through another interface', [route('default', 'b')], [route('default', 'a')]],
    ['leads out of several interfaces, and came', [], [route('default', null)]],
  ])('are all read when one %s', (_what, known, now) => {
    const { asked, look } = kernel(now);
    expect(routesAgain(known, throughA, look)).toEqual(now);
    expect(asked.all).toBe(1);
  });

  it('are all read when an interface was lost, as long as there were any', () => {
    const { asked, look } = kernel([]);
    expect(routesAgain([route('default', 'b')], { ...throughA, isLost: true }, look)).toEqual([]);
    expect(asked.all).toBe(1);
    expect(routesAgain([], { ...throughA, isLost: true }, look)).toEqual([]);
    expect(asked.all).toBe(1);
  });

  it('are all read when it is not known where to look, and are the list as before when nothing changed', () => {
    const known = [route('default', 'a')];
    const { asked, look } = kernel(known.map((one) => ({ ...one })));
    expect(routesAgain(known, { through: 'all', isLost: false }, look)).toBe(known);
    expect(asked.all).toBe(1);
  });
});
