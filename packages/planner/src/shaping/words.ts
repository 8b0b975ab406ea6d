import { formatDelay, formatPercent, formatRate, type Impairment } from '@vethlab/topology';

/** An impairment as `tc` says it: `delay 20ms 5ms loss 10%`. Without a limit that nobody has to name. */
export function netemWords(impairment: Impairment): string {
  const { delayMs, jitterMs, lossPercent, duplicatePercent, reorderPercent, corruptPercent } = impairment;
  const { rateBitsPerSecond, limitPackets } = impairment;
  const share = (name: string, percent: number | undefined) =>
    percent === undefined ? '' : `${name} ${formatPercent(percent)}`;
  return [
    limitPackets === undefined ? '' : `limit ${limitPackets}`,
    // With more than a delay, tc wants it to be there even when it is nothing.
    delayMs === undefined ? '' : `delay ${formatDelay(delayMs)}`,
    jitterMs === undefined ? '' : formatDelay(jitterMs),
    share('loss', lossPercent),
    share('duplicate', duplicatePercent),
    share('reorder', reorderPercent),
    share('corrupt', corruptPercent),
    rateBitsPerSecond === undefined ? '' : `rate ${formatRate(rateBitsPerSecond)}`,
  ]
    .filter((word) => word !== '')
    .join(' ');
}
