import { expect, it } from 'vitest';
import { type KeyPress, matchesKeys } from './key-match';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...modifiers,
});

it.each<[string, KeyPress, boolean]>([
  ['mod+z', press('z', { ctrlKey: true }), true],
  ['mod+z', press('Z', { ctrlKey: true, shiftKey: true }), false],
  ['shift+mod+z', press('Z', { ctrlKey: true, shiftKey: true }), true],
  ['mod+z', press('z', { metaKey: true }), false],
  ['?', press('?', { shiftKey: true }), true],
  ['+', press('+', { shiftKey: true }), true],
  ['mod++', press('+', { ctrlKey: true }), true],
  ['v', press('v'), true],
  ['v', press('v', { ctrlKey: true }), false],
  ['f2', press('F2'), true],
  ['space', press(' '), true],
])('takes %s for %o: %s', (keys, event, matches) => {
  expect(matchesKeys(event, keys, false)).toBe(matches);
});

it('takes the command key on a Mac', () => {
  expect(matchesKeys(press('z', { metaKey: true }), 'mod+z', true)).toBe(true);
  expect(matchesKeys(press('z', { ctrlKey: true }), 'mod+z', true)).toBe(false);
});
