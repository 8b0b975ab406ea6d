import type { NetemSettings, QdiscMessage, TbfSettings } from '@vethlab/netlink';
import type { ObservedShaping } from '@vethlab/observed';

const nanosecondsPerMicrosecond = 1000;
const microsecondsPerMillisecond = 1000;
const bitsPerByte = 8;

/** Kinds of root qdiscs that are worth a look at their settings. */
export function isShaping(qdisc: string | null): boolean {
  return qdisc === 'tbf' || qdisc === 'netem';
}

/** What a root qdisc does to packets, in the units of a document; undefined for kinds that no document knows. `below`: kinds of what hangs below it. */
export function shapingOf({ settings }: QdiscMessage, below: readonly string[] = []): ObservedShaping | undefined {
  if (settings === null) return undefined;
  const shaping = settings.kind === 'tbf' ? ofTbf(settings) : ofNetem(settings);
  if (below.length === 0) return shaping;
  return { ...shaping, beyond: [...(shaping.beyond ?? []), ...below.map((kind) => `child ${kind}`)] };
}

function ofTbf({ rateBytesPerSecond, limitBytes, peakRateBytesPerSecond }: TbfSettings): ObservedShaping {
  return {
    kind: 'tbf',
    rateBitsPerSecond: rateBytesPerSecond * bitsPerByte,
    limitBytes,
    ...(peakRateBytesPerSecond === 0 ? {} : { beyond: ['peak rate'] }),
  };
}

function ofNetem(netem: NetemSettings): ObservedShaping {
  const beyond = netem.gap > 1 ? [...netem.others, 'gap'] : netem.others;
  return {
    kind: 'netem',
    ...some('delayMs', milliseconds(netem.delayNs)),
    ...some('jitterMs', milliseconds(netem.jitterNs)),
    ...some('lossPercent', percent(netem.loss)),
    ...some('duplicatePercent', percent(netem.duplicate)),
    ...some('reorderPercent', netem.gap === 1 ? percent(netem.reorder) : 0),
    ...some('corruptPercent', percent(netem.corrupt)),
    ...some('rateBitsPerSecond', netem.rateBytesPerSecond * bitsPerByte),
    limitPackets: netem.limitPackets,
    ...(beyond.length === 0 ? {} : { beyond }),
  };
}

/** Nothing is told of what is not done. */
function some<Key extends keyof ObservedShaping>(key: Key, value: number): Partial<Record<Key, number>> {
  return value === 0 ? {} : ({ [key]: value } as Partial<Record<Key, number>>);
}

function milliseconds(nanoseconds: number): number {
  return Math.round(nanoseconds / nanosecondsPerMicrosecond) / microsecondsPerMillisecond;
}

/** To a thousandth: the kernel's share of 2^32 is finer than what anybody wrote. */
function percent(share: number): number {
  return Math.round(share * 100_000) / 1000;
}
