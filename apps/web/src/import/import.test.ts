import type { ImportScriptReply } from '@vethlab/protocol';
import { emptyTopology } from '@vethlab/topology';
import { describe, expect, it } from 'vitest';
import { labWith } from '../lab/testing/documents';
import { countLines, failuresByLine, failureWords } from './line-notes';
import { isScriptFile, nameOf, readScript, scriptMaxCharacters } from './read-script';
import { endWords, isEmpty, needsReading } from './script-end';

const fileOf = (name: string, text: string) => ({ name, size: text.length, text: () => Promise.resolve(text) });

describe('opening a script', () => {
  it('takes scripts by name or type, and nothing else', () => {
    const is = (name: string, type = '') => isScriptFile({ name, type });
    expect([is('a.sh'), is('A.SH'), is('a.bash'), is('a', 'text/x-sh')]).toEqual([true, true, true, true]);
    expect([is('a.lab.yaml'), is('a.txt'), is('sh')]).toEqual([false, false, false]);
  });

  it('reads it whole, without the marks of other systems, and names the lab after it', async () => {
    expect(await readScript(fileOf('two-hosts.sh', '\ufeffip netns add a\r\nip netns add b\r\n'))).toEqual({
      ok: true,
      script: { name: 'two-hosts', text: 'ip netns add a\nip netns add b\n' },
    });
    expect(nameOf('.sh')).toBe('Imported commands');
  });

  it('refuses what is too large, and what is no text', async () => {
    expect(await readScript(fileOf('big.sh', 'x'.repeat(scriptMaxCharacters + 1)))).toMatchObject({ ok: false });
    expect(
      await readScript({ name: 'huge.sh', size: 1e9, text: () => Promise.reject(new Error('read')) }),
    ).toMatchObject({
      ok: false,
    });
    expect(await readScript(fileOf('binary.sh', 'ELF\0\0'))).toMatchObject({ ok: false });
  });
});

const failure = (line: number | null, message: string) => ({ line, command: 'ip x', message, exitCode: 1 });
const reply = (part: Partial<ImportScriptReply>): ImportScriptReply => ({
  end: { kind: 'exited', exitCode: 0 },
  failures: [],
  moreFailures: 0,
  output: '',
  outputCut: false,
  topology: labWith('ns1'),
  leftOut: [],
  file: '',
  ...part,
});

describe('what came of a script', () => {
  it('opens at once when all is well', () => expect(needsReading(reply({}))).toBe(false));

  it('is read first when a line failed, time ran out, nothing came to be, or something has no place in a lab', () => {
    const leftOut = [{ namespace: '', where: 'the root namespace', what: 'the bridge br9', why: 'It is no node.' }];
    for (const part of [
      { failures: [failure(3, 'no')] },
      { end: { kind: 'timed-out', limitMs: 30_000 } },
      { end: { kind: 'signal', signal: 'SIGKILL' } },
      { topology: emptyTopology('x') },
      { leftOut },
    ] as const)
      expect(needsReading(reply(part))).toBe(true);
    expect(isEmpty(reply({ topology: emptyTopology('x') }))).toBe(true);
  });

  it('says how it ended', () => {
    expect(endWords(reply({ end: { kind: 'timed-out', limitMs: 30_000 } })).text).toContain('within 30 s');
    expect(endWords(reply({ failures: [failure(1, 'a')], moreFailures: 2 })).text).toMatch(/^3 commands failed/);
    expect(endWords(reply({ end: { kind: 'exited', exitCode: 4 } })).text).toContain('exit code 4');
  });

  it('puts each failure at its line, in the words of the system', () => {
    const byLine = failuresByLine([failure(2, 'a'), failure(null, 'b'), failure(2, 'c')]);
    expect([...byLine].map(([line, list]) => [line, list.length])).toEqual([[2, 2]]);
    expect(failureWords({ line: 1, command: 'nope -x', message: '', exitCode: 127 })).toBe('nope: not found');
    expect(failureWords(failure(4, '/run/x/script.sh: line 4: nope: command not found'))).toBe(
      'nope: command not found',
    );
    expect(failureWords(failure(1, 'Cannot find device'))).toBe('Cannot find device');
  });

  it('counts lines as an editor does', () => expect(['', 'a', 'a\n', 'a\nb'].map(countLines)).toEqual([1, 1, 2, 2]));
});
