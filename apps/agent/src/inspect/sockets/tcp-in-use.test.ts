import { expect, it } from 'vitest';
import { tcpInUse } from './tcp-in-use.js';

const sockstat = (inUse: number, waiting: number, inUse6: number) => [
  'sockets: used 9',
  `TCP: inuse ${inUse} orphan 0 tw ${waiting} alloc 12 mem 1`,
  'UDP: inuse 0 mem 0',
  `TCP6: inuse ${inUse6}`,
];

it.each([
  [sockstat(0, 0, 0), false, false],
  [sockstat(1, 0, 0), true, false],
  [sockstat(0, 0, 2), false, true],
  // Of either family.
  [sockstat(0, 1, 0), true, true],
])('%j', (lines, tcp, tcp6) => {
  expect(tcpInUse(lines)).toEqual({ tcp, tcp6 });
});

it('takes what the kernel does not say for a yes', () => {
  expect(tcpInUse([])).toEqual({ tcp: true, tcp6: true });
});
