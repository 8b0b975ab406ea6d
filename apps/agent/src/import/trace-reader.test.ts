import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TraceReader } from './trace-reader.js';

const token = '0123456789abcdef';
const record = (text: string) => `\u001e${token} ${text}\n`;

/** A script of three lines, the second of which fails in a function that the third calls. */
const trace = [
  record("L 1 'ip netns add a'"),
  record("L 3 'make'"),
  record("L 2 'ip netns add a'"),
  'Cannot create namespace file "/run/netns/a": File exists\n',
  record("L 2 'ip netns add a'"),
  record('E 1'),
  record("L 3 'ip netns add a'"),
  record('E 1'),
  'héllo\n',
].join('');

describe('the trace of a script', () => {
  it('gives each failure once, at its line, with what the command said', () => {
    const reader = new TraceReader(token);
    const text = reader.add(trace);
    expect(text).toBe('Cannot create namespace file "/run/netns/a": File exists\nhéllo\n');
    expect(reader.failures).toEqual([
      {
        line: 2,
        command: 'ip netns add a',
        message: 'Cannot create namespace file "/run/netns/a": File exists',
        exitCode: 1,
      },
    ]);
  });

  it('gives the same however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(40)), (cuts) => {
        const reader = new TraceReader(token);
        let rest = trace;
        let text = '';
        for (const cut of [...cuts, trace.length]) {
          text += reader.add(rest.slice(0, cut));
          rest = rest.slice(cut);
        }
        expect(text).toBe('Cannot create namespace file "/run/netns/a": File exists\nhéllo\n');
        expect(reader.failures.length).toBe(1);
      }),
    );
  });

  it('takes nothing of a script for a record, and keeps no text without end', () => {
    const reader = new TraceReader(token);
    expect(reader.add('\u001eE 1\n')).toBe('\u001eE 1\n');
    expect(reader.add(`\u001e${token} L ${'x'.repeat(5_000)}`).length).toBeGreaterThan(5_000);
    expect(reader.failures).toEqual([]);
  });

  it('keeps a thousand failures bounded, and says how many there were', () => {
    const reader = new TraceReader(token);
    for (let line = 1; line <= 1_000; line += 1) reader.add(`${record(`L ${line} 'false'`).repeat(2)}${record('E 1')}`);
    expect(reader.failures.length).toBe(200);
    expect(reader.moreFailures).toBe(800);
  });

  it('shows what a command said without what would act on a terminal', () => {
    const reader = new TraceReader(token);
    reader.add(`${record("L 1 'x'")}\u001b[31mred\u001b[0m\u0007${record("L 1 'x'")}${record('E 1')}`);
    expect(reader.failures[0]?.message).toBe('[31mred[0m');
  });
});
