import type { FeatureName } from '@vethlab/observed';
import type { Impairment } from '@vethlab/topology';

/** What is done to packets that leave one end of a link, in a few characters. */
export interface ImpairmentLook {
  /** `20 ms ± 5 · 10 %` */
  readonly text: string;
  /** For a short wire, the first of it and a count of the rest: `20 ms · +1` */
  readonly short: string;
  /** Some of it cannot be done on this machine, and is left out. */
  readonly leftOut: boolean;
}

/** Null: nothing is done. */
export function impairmentLook(
  impairment: Impairment | undefined,
  missing: ReadonlySet<FeatureName>,
): ImpairmentLook | null {
  if (impairment === undefined) return null;
  const text = impairmentText(impairment);
  if (text === '') return null;
  const { rateBitsPerSecond: _, limitPackets: __, ...rest } = impairment;
  const needsNetem = Object.keys(rest).length > 0 || impairment.rateBitsPerSecond === undefined;
  const needsTbf = impairment.rateBitsPerSecond !== undefined && !(needsNetem && !missing.has('netem'));
  return {
    text,
    short: shortText(impairment),
    leftOut: (needsNetem && missing.has('netem')) || (needsTbf && missing.has('tbf')),
  };
}

/** What people look for first, and a count of the rest: it stands on a wire. */
export function impairmentText(impairment: Impairment | undefined): string {
  if (impairment === undefined) return '';
  const { first, others } = partsOf(impairment);
  return [...first, ...(others === 0 ? [] : [`+${others}`])].join(' · ');
}

function shortText({ jitterMs: _, ...impairment }: Impairment): string {
  const { first, others } = partsOf(impairment);
  const more = first.length - 1 + others;
  return first.length === 0 ? `+${others}` : [first[0], ...(more === 0 ? [] : [`+${more}`])].join(' · ');
}

function partsOf(impairment: Impairment): { readonly first: readonly string[]; readonly others: number } {
  const { delayMs, jitterMs, lossPercent, rateBitsPerSecond, ...rest } = impairment;
  return {
    first: [
      ...(delayMs === undefined ? [] : [timeText(delayMs, jitterMs)]),
      ...(lossPercent === undefined ? [] : [`${lossPercent} %`]),
      ...(rateBitsPerSecond === undefined ? [] : [`≤ ${rateText(rateBitsPerSecond)}`]),
    ],
    others: Object.keys(rest).length,
  };
}

function timeText(delayMs: number, jitterMs: number | undefined): string {
  return jitterMs === undefined ? `${delayMs} ms` : `${delayMs} ms ± ${jitterMs}`;
}

function rateText(bitsPerSecond: number): string {
  const [divisor, unit] =
    bitsPerSecond >= 1e9 ? [1e9, 'Gbit/s'] : bitsPerSecond >= 1e6 ? [1e6, 'Mbit/s'] : [1e3, 'kbit/s'];
  return `${Math.round((bitsPerSecond / Number(divisor)) * 1000) / 1000} ${unit}`;
}
