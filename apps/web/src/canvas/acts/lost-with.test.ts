import type { Observed } from '@vethlab/observed';
import type { Ghosts } from '@vethlab/planner';
import { describe, expect, it } from 'vitest';
import { lostWith } from './lost-with';

const observed = {
  namespaces: {
    r1: { beyond: [{ kind: 'rule', text: 'from all fwmark 0x7 lookup 7' }] },
    h1: {},
  },
} as unknown as Observed;
const ghosts = {
  namespaces: [],
  pairs: [
    {
      id: 'p',
      ends: [
        { namespace: 'r1', ifname: 'x0' },
        { namespace: '', ifname: 'x1' },
      ],
    },
  ],
  interfaces: [{ id: 'i', namespace: 'r1', ifname: 'br\u001b0', type: 'bridge' }],
} as unknown as Ghosts;

describe('what goes with a node and cannot come back', () => {
  it('is what was typed in it and not adopted, shown as text', () => {
    expect(lostWith(['h1', 'r1'], observed, ghosts)).toEqual([
      'r1: rule from all fwmark 0x7 lookup 7',
      'r1: bridge br‹ESC›0',
      'r1: veth pair r1:x0 – root namespace: x1',
    ]);
  });
  it('is nothing where all is in the document', () => {
    expect(lostWith(['h1'], observed, ghosts)).toEqual([]);
  });
});
