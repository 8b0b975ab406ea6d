import type { Rename } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { inPossibleOrder, originsOf } from './origins.js';

function node(from: string, to: string): Rename {
  return { object: 'node', from, to } as Rename;
}

function renamed(...renames: Rename[]): [string, string][] {
  return [...originsOf(renames, () => true).renamedNodes];
}

describe('renames one after another', () => {
  it('are one rename from first to last', () => {
    expect(renamed(node('a', 'b'), node('b', 'c'))).toEqual([['c', 'a']]);
  });

  it('are none when the name comes back', () => {
    expect(renamed(node('a', 'b'), node('b', 'a'))).toEqual([]);
  });

  it('do not give what was renamed away to a new node of the same name', () => {
    const origins = originsOf([node('a', 'b')], () => true);
    expect(origins.node('b')).toBe('a');
    expect(origins.node('a')).toBeNull();
    expect(renamed(node('a', 'b'), node('a', 'c'))).toEqual([['b', 'a']]);
  });

  it('follow an interface through the renames of its node', () => {
    const eth = { object: 'interface', node: 'b', from: 'eth0', to: 'lan0' } as Rename;
    const origins = originsOf([node('a', 'b'), eth, node('b', 'c')], () => true);
    expect([...origins.renamedInterfaces('a')]).toEqual([['lan0', 'eth0']]);
  });

  it('are dropped when the kernel cannot do them, and with them what needed the name', () => {
    const origins = originsOf(
      [node('b', 'c'), node('a', 'b')],
      (from, to, sources) => from !== 'b' && (to !== 'b' || sources.has('b')),
    );
    expect([...origins.renamedNodes]).toEqual([]);
  });
});

describe('the order of renames', () => {
  it('frees a name before it is given', () => {
    const order = inPossibleOrder(
      new Map([
        ['b', 'a'],
        ['c', 'b'],
      ]),
      () => false,
    );
    expect(order).toEqual([
      ['b', 'c'],
      ['a', 'b'],
    ]);
  });

  it('opens a ring with a name that nothing has', () => {
    const ring = new Map([
      ['b', 'a'],
      ['a', 'b'],
    ]);
    expect(inPossibleOrder(ring, (name) => name === 'vethlab-tmp1')).toEqual([
      ['a', 'vethlab-tmp2'],
      ['b', 'a'],
      ['vethlab-tmp2', 'b'],
    ]);
  });
});
