import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sectionCommands, shellWord } from './commands';

describe('a name in a command', () => {
  it('has nothing in it that a terminal would act upon when it is pasted', () => {
    expect(shellWord('a\u001b[31m\r\nid')).toBe("$'a\\U0000001b[31m\\U0000000d\\U0000000aid'");
  });

  it('is one word to a shell, whatever it is', () => {
    const names = fc
      .string({ unit: 'binary', minLength: 1, maxLength: 40 })
      .filter((name) => !name.includes('\0') && !/\p{Cs}/u.test(name));
    const words = [
      '$(id)',
      "a'b",
      '-x',
      '*',
      '`id`',
      'a\nb',
      '\u001b[31m\\',
      '\u202e',
      '!!',
      '~',
      ...fc.sample(names, 300),
    ];
    const script = `for word in ${words.map(shellWord).join(' ')}; do printf '%s\\0' "$word"; done`;
    expect(
      execFileSync('bash', ['-c', script], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
        .split('\0')
        .slice(0, -1),
    ).toEqual(words);
  });

  it('needs no quotes when Vethlab gave it, and is none in the root namespace', () => {
    expect(sectionCommands.neighbours('ns-router')).toBe('ip -n ns-router neigh');
    expect(sectionCommands.neighbours('')).toBe('ip neigh');
    expect(sectionCommands.firewall('')).toBe('nft list ruleset');
    expect(sectionCommands.sockets("a'b")).toBe("ss -N 'a'\\''b' -tuwnap");
  });
});
