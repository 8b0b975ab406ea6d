import type { Impairment } from '../model/impairment.js';
import {
  maximumDelayMs,
  maximumLimitPackets,
  maximumRateBitsPerSecond,
  minimumRateBitsPerSecond,
} from '../model/limits.js';
import {
  delayProblem,
  limitProblem,
  parseDelay,
  parsePercent,
  parseRate,
  percentProblem,
  rateProblem,
} from '../model/parse-impairment.js';
import { checkedNumber, parsedText, strictObject, type z } from './strict-zod.js';
import { numberParser } from './values.js';

const time = (description: string) =>
  parsedText(parseDelay, { description, pattern: '^\\d+(\\.\\d+)?(us|ms|s)$', examples: ['20ms', '250us'] });
const share = (description: string) =>
  parsedText(parsePercent, { description, pattern: '^\\d+(\\.\\d+)?%$', examples: ['10%', '0.1%'] });
const limit = checkedNumber(numberParser(limitProblem), {
  description: 'Packets that may wait; more are dropped.',
  type: 'integer',
  minimum: 1,
  maximum: maximumLimitPackets,
});

/** As a lab file says it. */
export const impairmentEntrySchema = strictObject({
  delay: time('How much later packets arrive.').exactOptional(),
  jitter: time('How far the delay varies, up and down. Needs a delay.').exactOptional(),
  loss: share('Packets that are dropped.').exactOptional(),
  duplicate: share('Packets that are sent twice.').exactOptional(),
  reorder: share('Packets that overtake those that wait for their delay. Needs a delay.').exactOptional(),
  corrupt: share('Packets of which one bit is flipped.').exactOptional(),
  rate: parsedText(parseRate, {
    description: 'Bits per second that may leave.',
    pattern: '^\\d+(\\.\\d+)?(bit|kbit|mbit|gbit)$',
    examples: ['10mbit', '1.5gbit'],
  }).exactOptional(),
  limit: limit.exactOptional(),
});

const milliseconds = checkedNumber(numberParser(delayProblem), {
  description: 'Milliseconds.',
  type: 'number',
  minimum: 0.001,
  maximum: maximumDelayMs,
});
const percent = checkedNumber(numberParser(percentProblem), {
  description: 'Percent.',
  type: 'number',
  minimum: 0.001,
  maximum: 100,
});

export const impairmentSchema = strictObject({
  delayMs: milliseconds.exactOptional(),
  jitterMs: milliseconds.exactOptional(),
  lossPercent: percent.exactOptional(),
  duplicatePercent: percent.exactOptional(),
  reorderPercent: percent.exactOptional(),
  corruptPercent: percent.exactOptional(),
  rateBitsPerSecond: checkedNumber(numberParser(rateProblem), {
    description: 'Bits per second.',
    type: 'integer',
    minimum: minimumRateBitsPerSecond,
    maximum: maximumRateBitsPerSecond,
  }).exactOptional(),
  limitPackets: limit.exactOptional(),
}) satisfies z.ZodType<Impairment>;
