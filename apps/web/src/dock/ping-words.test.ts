import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import { expect, it } from 'vitest';
import { pingWords, probeFigures, sparklineText } from './ping-words';

it.each<[PingOutcome, string]>([
  [{ kind: 'no-route' }, 'No route from ns1: take its link up, or add a route or a default gateway.'],
  [{ kind: 'unreachable', from: '192.168.1.254', what: 'host' }, '192.168.1.254 says host unreachable.'],
  [{ kind: 'timeout' }, 'No answer within 1 s.'],
  [
    { kind: 'time-exceeded', from: '10.0.0.1' },
    '10.0.0.1 says time exceeded: look for routes that point at each other.',
  ],
  [{ kind: 'error', message: 'Network is down' }, 'Network is down'],
])('says why %o failed', (outcome, why) => {
  expect(pingWords(outcome, 'ns1')).toMatchObject({ state: 'failing', shape: '✕', why });
});

it('says that an answer is an answer, and that nothing yet is nothing yet', () => {
  expect(pingWords({ kind: 'reply', rttMs: 1 }, 'ns1')).toMatchObject({ state: 'reply', why: null });
  expect(pingWords(undefined, 'ns1').state).toBe('waiting');
});

const sample = (sequence: number, outcome: PingOutcome): ProbeSample => ({ key: 'a>10.0.0.1', sequence, outcome });

it('counts loss, and remembers the last RTT over a loss', () => {
  const samples = [
    sample(1, { kind: 'reply', rttMs: 1 }),
    sample(2, { kind: 'reply', rttMs: 3 }),
    sample(3, { kind: 'timeout' }),
    sample(4, { kind: 'no-route' }),
  ];
  expect(probeFigures(samples)).toEqual({ sent: 4, lost: 2, loss: 0.5, lastRttMs: 3, averageRttMs: 2 });
  expect(sparklineText(samples)).toBe('last 4: 2 lost, average 2 ms');
  expect(probeFigures([]).loss).toBeNull();
});
