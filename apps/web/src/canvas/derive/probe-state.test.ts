import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import { describe, expect, it } from 'vitest';
import { formatRtt } from '../../format/numbers';
import { probeLabel, probeState as stateOf } from './probe-state';

const sample = (sequence: number, outcome: PingOutcome): ProbeSample => ({ key: 'h1>10.0.0.2', sequence, outcome });
const reply = (sequence: number, rttMs = 0.042) => sample(sequence, { kind: 'reply', rttMs });
const lost = (sequence: number) => sample(sequence, { kind: 'timeout' });

const probeState = (samples: readonly ProbeSample[]) => stateOf(samples, 'live');

describe('a probe', () => {
  it('waits before its first sample', () => {
    expect(probeLabel(probeState([]))).toBe('waiting');
  });
  it('tells the round-trip time of the last reply', () => {
    expect(probeLabel(probeState([reply(1), reply(2, 1.234)]))).toBe('1.23 ms');
  });
  it('of a lab that does not run says so, whatever it said before', () => {
    expect(probeLabel(stateOf([reply(1)], 'idle'))).toBe('not running');
  });
  it('is not known without a connection', () => {
    expect(probeLabel(stateOf([reply(1)], 'unknown'))).toBe('not known');
    expect(probeLabel(stateOf([lost(1)], 'unknown'))).toBe('not known');
  });
  it('tells the loss of its last ten samples only', () => {
    const samples = [
      ...Array.from({ length: 50 }, (_, index) => lost(index)),
      ...Array.from({ length: 8 }, (_, i) => reply(i)),
    ];
    expect(probeState(samples).lossPercent).toBe(20);
    expect(probeLabel(probeState(samples))).toBe('0.042 ms · 20 % loss');
  });
  it('fails with the reason in words, and with who said so', () => {
    const outcome: PingOutcome = { kind: 'unreachable', from: '10.0.0.1', what: 'host' };
    expect(probeLabel(probeState([reply(1), sample(2, outcome)]))).toBe('✕ host unreachable, says 10.0.0.1');
    expect(probeLabel(probeState([sample(1, { kind: 'no-route' })]))).toBe('✕ no route from here');
  });
});

describe('a probe that must have no answer', () => {
  const blocked = (samples: readonly ProbeSample[]) => stateOf(samples, 'live', 'none');
  it('is blocked as expected while it has none', () => {
    expect(blocked([lost(1)])).toMatchObject({ verdict: 'blocked', reason: 'no answer in time' });
    expect(probeLabel(blocked([sample(1, { kind: 'no-route' })]))).toBe('⊘ blocked as expected');
  });
  it('fails when it is answered', () => {
    expect(probeLabel(blocked([lost(1), reply(2)]))).toBe('✕ answers, and must not');
  });
  it('that could not be sent fails all the same', () => {
    const message = 'There is no VRF red in isp.';
    expect(probeLabel(blocked([sample(1, { kind: 'error', message })]))).toBe(`✕ ${message}`);
    expect(blocked([sample(1, { kind: 'refused' })]).verdict).toBe('blocked');
  });
  it('waits like others', () => {
    expect(blocked([]).verdict).toBe('waiting');
    expect(stateOf([lost(1)], 'idle', 'none').verdict).toBe('idle');
    expect(stateOf([lost(1)], 'unknown', 'none').verdict).toBe('unknown');
  });
});

describe('a round-trip time', () => {
  it.each([
    [0.0421, '0.042 ms'],
    [0.5, '0.50 ms'],
    [12.4, '12 ms'],
  ])('of %d reads %s', (rttMs, text) => {
    expect(formatRtt(rttMs)).toBe(text);
  });
});
