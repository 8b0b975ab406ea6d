import type { TerminalSession } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { endSentence, endWord, plainTitle, tabName } from './words';

const session = (part: Partial<TerminalSession>): TerminalSession => ({
  id: 't1',
  node: 'h1',
  title: 'h1',
  state: 'exited',
  reason: 'ended',
  detail: 'The shell ended.',
  exitCode: 0,
  signal: null,
  cols: 80,
  rows: 24,
  viewers: 1,
  ...part,
});

describe('the title that a program gives', () => {
  it.each([
    ['root@h1: ~', 'root@h1: ~'],
    ['  spaced ', 'spaced'],
    ['<img src=x onerror=alert(1)>', '<img src=x onerror=alert(1)>'],
    ['a\u001b[31mb\u0007c\nd', 'a[31mbcd'],
    ['safe\u202Etxt.exe\u2066', 'safetxt.exe'],
    ['\u200b\u0000', null],
    ['', null],
  ])('%j is shown as %j', (title, shown) => {
    expect(plainTitle(title)).toBe(shown);
  });

  it('is cut between signs, however long it is', () => {
    const shown = plainTitle('🙂'.repeat(100_000));
    expect(Array.from(shown ?? '')).toHaveLength(60);
    expect(shown?.endsWith('…')).toBe(true);
    // Half of a sign of two code units would be written as the replacement character.
    expect(new TextDecoder().decode(new TextEncoder().encode(shown ?? ''))).toBe(shown);
  });
});

describe('the words about a terminal', () => {
  it('call a node by its name and the root shell the shell of the lab', () => {
    expect(tabName({ node: 'root', title: 'root' })).toBe('root');
    expect(tabName({ node: null, title: 'root (2)' })).toBe('Lab shell (2)');
  });

  it.each([
    [session({ exitCode: 3 }), 'exit 3', 'The shell ended with exit code 3.'],
    [session({ exitCode: null, signal: 'SIGKILL' }), 'SIGKILL', 'The shell was ended by SIGKILL.'],
    [
      session({ reason: 'node-removed', exitCode: null, signal: 'SIGKILL', detail: 'h1 was deleted.' }),
      'ended',
      'h1 was deleted.',
    ],
    [session({ reason: 'agent-lost', exitCode: null, detail: null }), 'ended', 'The shell ended.'],
  ])('tell how it ended', (ended, word, sentence) => {
    expect(endWord(ended)).toBe(word);
    expect(endSentence(ended)).toBe(sentence);
  });

  it('say nothing of an end while it runs', () => {
    expect(endWord(session({ state: 'running', exitCode: null, reason: null }))).toBeNull();
  });
});
