import type { PingOutcome, ProbeSample } from '@vethlab/protocol';
import { formatMs } from '../format/numbers';

/** How long the agent waits for an answer to a probe before it calls it a timeout. A sweep is shorter of patience. */
const probeAnswerWithin = '1 s';

export interface PingWords {
  readonly state: 'reply' | 'blocked' | 'failing' | 'waiting';
  /** A sign of its own, so that the state is known in grey. */
  readonly shape: string;
  readonly word: string;
  /** One sentence on what went wrong, and how to mend it when that is one thing; null for a reply. */
  readonly why: string | null;
}

const unreachableWords = {
  network: 'network unreachable',
  host: 'host unreachable',
  protocol: 'protocol unreachable',
  port: 'port unreachable',
  prohibited: 'it is prohibited',
  other: 'destination unreachable',
} as const;

/**
 * One echo request in plain words.
 *
 * @param from the node that sent it
 * @param within how long the answer was waited for, in words; null when that is not worth a word
 */
export function pingWords(
  outcome: PingOutcome | undefined,
  from: string,
  within: string | null = probeAnswerWithin,
): PingWords {
  if (outcome === undefined) return { state: 'waiting', shape: '◔', word: 'Waiting', why: 'No ping was sent yet.' };
  if (outcome.kind === 'reply') return { state: 'reply', shape: '●', word: 'Answers', why: null };
  return { state: 'failing', shape: '✕', ...failureWords(outcome, from, within) };
}

function failureWords(
  outcome: Exclude<PingOutcome, { readonly kind: 'reply' }>,
  from: string,
  within: string | null,
): Pick<PingWords, 'word' | 'why'> {
  switch (outcome.kind) {
    case 'timeout':
      return { word: 'No answer', why: within === null ? 'No answer in time.' : `No answer within ${within}.` };
    case 'no-route':
      return { word: 'No route', why: `No route from ${from}: take its link up, or add a route or a default gateway.` };
    case 'refused':
      return { word: 'Refused here', why: `The firewall of ${from} does not let it out.` };
    case 'unreachable':
      return { word: 'Unreachable', why: `${outcome.from} says ${unreachableWords[outcome.what]}.` };
    case 'time-exceeded':
      return { word: 'Loop', why: `${outcome.from} says time exceeded: look for routes that point at each other.` };
    case 'error':
      return { word: 'Cannot send', why: outcome.message };
  }
}

/** The same of a ping that must have no answer: then one is the failure. What was never sent tells nothing of it. */
export function blockedWords(words: PingWords, outcome: PingOutcome | undefined): PingWords {
  if (outcome?.kind === 'error') return words;
  if (words.state === 'failing') return { ...words, state: 'blocked', shape: '⊘', word: 'Blocked as expected' };
  if (words.state !== 'reply') return words;
  return { state: 'failing', shape: '✕', word: 'Answers', why: 'It must not: something lets it through.' };
}

export interface ProbeFigures {
  readonly sent: number;
  readonly lost: number;
  /** Lost by sent, 0 to 1; null before the first sample. */
  readonly loss: number | null;
  /** Of the last reply, however long ago. */
  readonly lastRttMs: number | null;
  readonly averageRttMs: number | null;
}

/** What the last samples come to. */
export function probeFigures(samples: readonly ProbeSample[]): ProbeFigures {
  const rtts = samples.flatMap((sample) => (sample.outcome.kind === 'reply' ? [sample.outcome.rttMs] : []));
  const sent = samples.length;
  const lost = sent - rtts.length;
  return {
    sent,
    lost,
    loss: sent === 0 ? null : lost / sent,
    lastRttMs: rtts.at(-1) ?? null,
    averageRttMs: rtts.length === 0 ? null : rtts.reduce((sum, rtt) => sum + rtt, 0) / rtts.length,
  };
}

/** A sparkline in words, for those who do not see it. */
export function sparklineText(samples: readonly ProbeSample[]): string {
  const { sent, lost, averageRttMs } = probeFigures(samples);
  if (sent === 0) return 'no samples yet';
  const rtt = averageRttMs === null ? 'no replies' : `average ${formatMs(averageRttMs)}`;
  return `last ${sent}: ${lost} lost, ${rtt}`;
}
