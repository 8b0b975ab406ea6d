import { formatArguments } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { checkCommandLine, checkCommandName, checkNewCommandName, readCommandLine } from './command-draft';

describe('the line of a command', () => {
  it('is split into arguments', () => {
    expect(readCommandLine(`sh -c 'echo "a b" | cat' x`)).toEqual({
      ok: true,
      run: ['sh', '-c', 'echo "a b" | cat', 'x'],
    });
  });

  it.each([
    ['', /program/],
    ['   ', /program/],
    [`'' x`, /no name/],
    ['ping 10.0.0.1 | grep ttl', /connect two programs/],
    ['sleep 1; reboot', /begin another/],
    ['echo $(id)', /variable/],
    ['echo `id`', /another command/],
    ['cat < /etc/passwd', /read from a file/],
    ['ls *', /names of files/],
  ])('%j is refused with what a shell would have done, and with a line that works', (line, text) => {
    const complaint = checkCommandLine(line);
    expect(complaint?.text).toMatch(text);
    expect(checkCommandLine(complaint?.fix ?? '')).toBeNull();
  });

  it.each([
    ["echo 'open", /never closed/],
    ['echo \\', /backslash/],
    ['echo a\0b', /zero byte/],
    [`echo ${'x'.repeat(4097)}`, /4096/],
    [Array.from({ length: 65 }, () => 'x').join(' '), /at most 64/],
  ])('%j is refused with the reason', (line, text) => {
    expect(checkCommandLine(line)?.text).toMatch(text);
  });

  it('says the same as the document after it was written out and read again', () => {
    const run = ['python3', '-c', 'print("hi")\n', '\u202e', ''];
    expect(readCommandLine(formatArguments(run))).toEqual({ ok: true, run });
  });
});

describe('the name of a command', () => {
  it.each([['../x'], ['a b'], ['-h'], ['$(id)'], ['__proto__'], ['x'.repeat(33)]])(
    '%j is refused, and a name that works is offered',
    (name) => {
      const complaint = checkCommandName(name);
      expect(complaint?.text).toMatch(/\w/);
      expect(checkCommandName(complaint?.fix ?? '')).toBeNull();
    },
  );

  it('may be left out of a new one', () => {
    expect(checkNewCommandName('')).toBeNull();
    expect(checkCommandName('')).not.toBeNull();
  });
});
