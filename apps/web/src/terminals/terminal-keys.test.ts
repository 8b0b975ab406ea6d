import { expect, it } from 'vitest';
import { terminalKeyOf } from './terminal-keys';

const press = (key: string, modifiers = '') => ({
  key,
  ctrlKey: modifiers.includes('C'),
  shiftKey: modifiers.includes('S'),
  altKey: modifiers.includes('A'),
  metaKey: modifiers.includes('M'),
});

it.each([
  [press('C', 'CS'), 'copy'],
  [press('V', 'CS'), 'paste'],
  [press('F', 'CS'), 'search'],
  [press('ArrowRight', 'CS'), 'next'],
  [press('ArrowLeft', 'CS'), 'previous'],
  [press('ArrowUp', 'CS'), 'leave'],
] as const)('takes %o for %s', (key, name) => {
  expect(terminalKeyOf(key, false)).toBe(name);
});

it.each([
  press('c', 'C'),
  press('v', 'C'),
  press('f', 'C'),
  press('k', 'C'),
  press('Tab'),
  press('Tab', 'S'),
  press('Escape'),
  press('ArrowUp'),
  press('ArrowLeft', 'C'),
  press('ArrowLeft', 'A'),
  press('F2'),
  press('T', 'CS'),
])('leaves %o to the shell', (key) => {
  expect(terminalKeyOf(key, false)).toBeNull();
});
