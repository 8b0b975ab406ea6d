import { maximumDelayMs, maximumLimitPackets, maximumRateBitsPerSecond, minimumRateBitsPerSecond } from './limits.js';
import { type Parsed, type Problem, quoted, refused } from './problem.js';

/** Whole thousandths: microseconds of a delay, and as fine as `tc` shows a share. */
const thousandths = 1000;
const bitsPerByte = 8;

/** Text of a delay to milliseconds: `20ms`, `1.5ms`, `250us`, `1s`. */
export function parseDelay(text: string): Parsed<number> {
  const match = /^(\d{1,8}(?:\.\d{1,3})?)(us|ms|s)$/.exec(text);
  if (match === null) {
    const number = /^-?(\d{1,5}(?:\.\d{1,3})?)(?:ms|s)?$/.exec(text)?.[1];
    const offer = number === undefined || Number(number) === 0 ? '20ms' : `${Number(number)}ms`;
    const detail = `${quoted(text)} is not a time: write a number that is not negative, with us, ms or s.`;
    return refused('impairment.delay', detail, offer);
  }
  const factor = { us: 1 / 1000, ms: 1, s: 1000 }[match[2] as 'us' | 'ms' | 's'];
  const value = Math.round(Number(match[1]) * factor * thousandths) / thousandths;
  const exact = match[2] !== 'us' || Number.isInteger(Number(match[1]));
  const problem = exact ? delayProblem(value) : inexactDelay(text);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

/** Shortest text of a delay. */
export function formatDelay(ms: number): string {
  if (ms >= 1000 && ms % 1000 === 0) return `${ms / 1000}s`;
  return ms < 1 ? `${Math.round(ms * thousandths)}us` : `${ms}ms`;
}

/** Why this delay or jitter cannot be used; null when it can. Milliseconds. */
export function delayProblem(ms: number): Problem | null {
  if (!(ms > 0 && ms <= maximumDelayMs)) {
    const value = ms > maximumDelayMs ? '60s' : '20ms';
    const detail = `${ms} ms is outside 1us to 60s; leave it out for none.`;
    return { code: 'impairment.delay', detail, fix: { label: `Use ${value}`, value } };
  }
  return isThousandths(ms) ? null : inexactDelay(`${ms}ms`);
}

function inexactDelay(text: string): Problem {
  const detail = `${text} is not a whole number of microseconds.`;
  return { code: 'impairment.delay', detail, fix: { label: 'Use 20ms', value: '20ms' } };
}

/** Text of a share: `10%`, `0.1%`. */
export function parsePercent(text: string): Parsed<number> {
  const match = /^(\d{1,3}(?:\.\d{1,3})?)%$/.exec(text);
  if (match === null) {
    const number = /^-?(\d{1,2}(?:\.\d{1,3})?)%?$/.exec(text)?.[1];
    const offer = number === undefined || Number(number) === 0 ? '1%' : `${Number(number)}%`;
    const detail = `${quoted(text)} is not a share: write a number with %, and at most three digits behind the point.`;
    return refused('impairment.percent', detail, offer);
  }
  const value = Number(match[1]);
  const problem = percentProblem(value);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

export function formatPercent(percent: number): string {
  return `${percent}%`;
}

/** Why this share cannot be used; null when it can. Percent. */
export function percentProblem(percent: number): Problem | null {
  if (percent > 0 && percent <= 100 && isThousandths(percent)) return null;
  const value = percent > 100 ? '100%' : '1%';
  const detail =
    percent > 0 && percent <= 100
      ? `${percent} % has more than three digits behind the point.`
      : `${percent} % is outside 0.001% to 100%; leave it out for none.`;
  return { code: 'impairment.percent', detail, fix: { label: `Use ${value}`, value } };
}

const rateUnits = { bit: 1, kbit: 1e3, mbit: 1e6, gbit: 1e9 } as const;

/** Text of a rate to bits per second, as `tc` writes it: `10mbit`, `1.5gbit`, `500kbit`. */
export function parseRate(text: string): Parsed<number> {
  const match = /^(\d{1,12}(?:\.\d{1,3})?)(bit|kbit|mbit|gbit)$/.exec(text);
  if (match === null) {
    const loose = /^(\d{1,5})\s?([kmg])?(?:bit|bps|b)?(?:\/s|ps)?$/i.exec(text);
    const number = Number(loose?.[1] ?? 10);
    const offer = `${number === 0 ? 10 : number}${loose?.[2]?.toLowerCase() ?? 'm'}bit`;
    const detail = `${quoted(text)} is not a rate: write a number with bit, kbit, mbit or gbit (bits per second).`;
    return refused('impairment.rate', detail, offer);
  }
  // Three digits behind the point are exact again after rounding.
  const value =
    Math.round(Number(match[1]) * rateUnits[match[2] as keyof typeof rateUnits] * thousandths) / thousandths;
  const problem = rateProblem(value);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

/** Shortest text of a rate that is read as the same again. */
export function formatRate(bitsPerSecond: number): string {
  for (const unit of ['gbit', 'mbit', 'kbit'] as const) {
    const amount = bitsPerSecond / rateUnits[unit];
    if (amount >= 1 && isThousandths(amount)) return `${amount}${unit}`;
  }
  return `${bitsPerSecond}bit`;
}

/** Why this rate cannot be used; null when it can. Bits per second. */
export function rateProblem(bitsPerSecond: number): Problem | null {
  const isInside = bitsPerSecond >= minimumRateBitsPerSecond && bitsPerSecond <= maximumRateBitsPerSecond;
  if (isInside && bitsPerSecond % bitsPerByte === 0) return null;
  const value = isInside
    ? `${Math.max(1, Math.round(bitsPerSecond / 1000))}kbit`
    : bitsPerSecond > maximumRateBitsPerSecond
      ? '100gbit'
      : '1mbit';
  const detail = isInside
    ? `${bitsPerSecond} bits per second are not whole bytes; the kernel counts in bytes.`
    : `${bitsPerSecond} bits per second are outside 1kbit to 100gbit; leave it out for no limit.`;
  return { code: 'impairment.rate', detail, fix: { label: `Use ${value}`, value } };
}

/** Why this many packets cannot be the limit of a queue; null when they can. */
export function limitProblem(packets: number): Problem | null {
  if (Number.isInteger(packets) && packets >= 1 && packets <= maximumLimitPackets) return null;
  const value = packets > maximumLimitPackets ? String(maximumLimitPackets) : '1000';
  const detail = `${packets} is not a whole number of packets from 1 to ${maximumLimitPackets}.`;
  return { code: 'impairment.limit', detail, fix: { label: `Use ${value}`, value } };
}

/** Whether a number has at most three digits behind the point; what arithmetic adds beyond that does not count. */
function isThousandths(value: number): boolean {
  return Math.round(value * thousandths) / thousandths === value;
}
