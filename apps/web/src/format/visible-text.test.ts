import { expect, it } from 'vitest';
import { visibleText } from './visible-text';

it.each([
  ['ns1', 'ns1'],
  ['$(id)', '$(id)'],
  ['a"b\'c', 'a"b\'c'],
  ['\u001b[31mred', '‹ESC›[31mred'],
  ['a\nb\tc\u007f', 'a‹LF›b‹TAB›c‹DEL›'],
  ['\u202egnp.exe', '‹U+202E›gnp.exe'],
  ['zero\u200bwidth', 'zero‹U+200B›width'],
  ['🦊🦊', '🦊🦊'],
  ['👩\u200d💻', '👩\u200d💻'],
  ['half \ud83e', 'half ‹U+D83E›'],
  ['\u0085', '‹U+0085›'],
])('%j is shown as %s', (text, shown) => expect(visibleText(text)).toBe(shown));
