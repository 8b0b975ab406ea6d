import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatArguments } from './format-arguments.js';
import { splitArguments } from './split-arguments.js';

describe('a line of arguments', () => {
  it.each([
    ['python3 -m http.server 80', ['python3', '-m', 'http.server', '80']],
    ['  ping\t-c 3   10.0.0.1 ', ['ping', '-c', '3', '10.0.0.1']],
    [`sh -c 'echo "$HOME" | cat'`, ['sh', '-c', 'echo "$HOME" | cat']],
    ['a "b c" d', ['a', 'b c', 'd']],
    [`a ''`, ['a', '']],
    [`it\\'s`, ["it's"]],
    [`a'b'"c"d`, ['abcd']],
    ['"\\"\\\\\\n"', ['"\\\\n']],
    [`$'a\\nb\\u202e'`, ['a\nb\u202e']],
    ['', []],
  ])('%j is split as a shell would', (line, run) => {
    expect(splitArguments(line)).toEqual({ ok: true, run });
  });

  it.each([
    ['a | b', 2],
    ['a && b', 2],
    ['a; b', 1],
    ['a > f', 2],
    ['echo $HOME', 5],
    ['echo "$HOME"', 6],
    ['echo `id`', 5],
    ['ls *.txt', 3],
    ['cat ~/x', 4],
    ['a # b', 2],
    ['a\nb', 1],
    [`a 'b`, 2],
    ['a "b', 2],
    ['a \\', 2],
    [`$'\\x41'`, 2],
    [`$'\\Uffffffff'`, 2],
  ])('%j is refused, at the character that only a shell could carry out', (line, at) => {
    expect(splitArguments(line)).toMatchObject({ ok: false, at, detail: expect.stringMatching(/\w/) });
  });

  it('that was written from arguments is split into the same', () => {
    const argument = fc.string({
      unit: fc.constantFrom('a', ' ', "'", '"', '\\', '$', '\n', '\u202e', '\u{e0041}', 'é', '=', '-'),
    });
    fc.assert(
      fc.property(fc.array(fc.oneof(argument, fc.string({ unit: 'binary' }))), (run) => {
        expect(splitArguments(formatArguments(run))).toEqual({ ok: true, run });
      }),
      { numRuns: 500 },
    );
  });

  it('shows every character that cannot be seen', () => {
    expect(formatArguments(['sh', '-c', 'id\u202e # \u0007', 'a\u00a0b', ''])).toBe(
      `sh -c $'id\\u202e # \\u0007' $'a\\u00a0b' ''`,
    );
  });

  it('never begins with what a shell takes for a variable', () => {
    expect(formatArguments(['A=b', 'c=d'])).toBe(`'A=b' c=d`);
  });
});
