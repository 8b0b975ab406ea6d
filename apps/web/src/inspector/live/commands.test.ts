import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sectionCommands, shellWord } from './commands';

describe('a name in a command', () => {
  it('is one word to a shell, whatever it is', () => {
    const names = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((name) => !name.includes('\0') && name.isWellFormed());
    const words = ['$(id)', "a'b", '-x', '*', '`id`', 'a\nb', '!!', '~', ...fc.sample(names, 300)];
    const script = `for word in ${words.map(shellWord).join(' ')}; do printf '%s\\0' "$word"; done`;
    expect(execFileSync('/bin/sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words);
  });

  it('needs no quotes when Vethlab gave it, and is none in the root namespace', () => {
    expect(sectionCommands.neighbours('ns-router')).toBe('ip -n ns-router neigh');
    expect(sectionCommands.neighbours('')).toBe('ip neigh');
    expect(sectionCommands.firewall('')).toBe('nft list ruleset');
    expect(sectionCommands.sockets("a'b")).toBe("ss -N 'a'\\''b' -tuwnap");
  });
});
