import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import type { Probe } from '@vethlab/topology';
import { formatRtt } from '../../format/numbers';
import type { Liveness } from '../../lab';

export interface ProbeState {
  /** `blocked`: no answer, and none is to come. `idle`: nothing runs. `unknown`: no connection; the rest is how it was. */
  readonly verdict: 'waiting' | 'answering' | 'blocked' | 'failing' | 'idle' | 'unknown';
  /** Of the last reply; null when the last echo had none. */
  readonly rttMs: number | null;
  /** Over the samples at hand, 0 to 100. */
  readonly lossPercent: number;
  /** Why the last echo had no reply, or that it must not have had one, in words; null otherwise. */
  readonly reason: string | null;
}

/** Over how many of the last samples loss is counted: short enough to recover within ten seconds of a repair at one a second. */
const lossWindow = 10;

/** The state of a probe from its last samples, oldest first. `expect`: what the document says must come of it. */
export function probeState(
  samples: readonly ProbeSample[],
  liveness: Liveness,
  expect: Probe['expect'] = undefined,
): ProbeState {
  if (liveness === 'idle') return { verdict: 'idle', rttMs: null, lossPercent: 0, reason: null };
  const wasSent = samples.at(-1)?.outcome.kind !== 'error';
  const seen = expect === 'none' && wasSent ? turned(lastSeen(samples)) : lastSeen(samples);
  return liveness === 'unknown' ? { ...seen, verdict: 'unknown' } : seen;
}

function lastSeen(samples: readonly ProbeSample[]): ProbeState {
  const last = samples.at(-1);
  if (!last) return { verdict: 'waiting', rttMs: null, lossPercent: 0, reason: null };
  const recent = samples.slice(-lossWindow);
  const lost = recent.filter((sample) => sample.outcome.kind !== 'reply').length;
  const lossPercent = Math.round((lost / recent.length) * 100);
  if (last.outcome.kind === 'reply') {
    return { verdict: 'answering', rttMs: last.outcome.rttMs, lossPercent, reason: null };
  }
  return { verdict: 'failing', rttMs: null, lossPercent, reason: failureText(last.outcome) };
}

/** Where there must be no answer, one is the failure. What was never sent tells nothing of it. */
function turned(seen: ProbeState): ProbeState {
  if (seen.verdict === 'failing') return { ...seen, verdict: 'blocked' };
  return seen.verdict === 'answering' ? { ...seen, verdict: 'failing', reason: 'answers, and must not' } : seen;
}

/** Why an echo had no reply, in a few words that fit on the canvas. */
export function failureText(outcome: Exclude<PingOutcome, { kind: 'reply' }>): string {
  switch (outcome.kind) {
    case 'timeout':
      return 'no answer in time';
    case 'no-route':
      return 'no route from here';
    case 'refused':
      return 'its own firewall does not let it out';
    case 'unreachable':
      return `${outcome.what} unreachable, says ${outcome.from}`;
    case 'time-exceeded':
      return `hop limit reached at ${outcome.from}: a routing loop?`;
    case 'error':
      return outcome.message;
  }
}

/** The label on the canvas: `0.04 ms`, `0.04 ms · 20 % loss`, `✕ no answer in time`. */
export function probeLabel(state: ProbeState): string {
  if (state.verdict === 'idle') return 'not running';
  if (state.verdict === 'unknown') return 'not known';
  if (state.verdict === 'waiting') return 'waiting';
  if (state.verdict === 'blocked') return '⊘ blocked as expected';
  if (state.verdict === 'failing') return `✕ ${state.reason ?? 'failing'}`;
  const rtt = state.rttMs === null ? '' : formatRtt(state.rttMs);
  return state.lossPercent === 0 ? rtt : `${rtt} · ${state.lossPercent} % loss`;
}
