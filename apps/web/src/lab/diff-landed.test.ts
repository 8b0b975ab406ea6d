import { describe, expect, it } from 'vitest';
import { hasLanded, sameValue } from './diff-landed';
import { addHost, edited, labWith, move, name } from './testing/documents';

describe('whether an edit has landed', () => {
  const start = labWith('h1', 'h2');
  it.each([
    ['an added node', addHost('h3')],
    ['a move', move('h1', 7, 8)],
    ['a removal', { type: 'remove-nodes', nodes: [name('h1')] }],
    ['a rename', { type: 'rename-node', node: name('h1'), to: name('web') }],
    ['a connection', { type: 'connect', from: { node: name('h1') }, to: { node: name('h2') } }],
    ['a lab name', { type: 'set-lab-name', name: 'New' }],
  ] as const)('is told by the records of %s', (_what, edit) => {
    const { topology, diff } = edited(start, edit);
    expect(hasLanded(topology, diff)).toBe(true);
    expect(hasLanded(start, diff)).toBe(false);
  });

  it('compares values whatever the order of their keys', () => {
    expect(sameValue({ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1, d: undefined })).toBe(true);
    expect(sameValue([1, 2], [2, 1])).toBe(false);
    expect(sameValue({ a: null }, { a: {} })).toBe(false);
  });
});
