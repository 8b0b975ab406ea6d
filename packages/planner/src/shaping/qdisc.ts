import type { ObservedShaping } from '@vethlab/observed';
import type { Impairment } from '@vethlab/topology';

/** A token bucket, tc-tbf(8): what a rate alone needs, and every kernel of ours has. */
export interface TokenBucket {
  readonly kind: 'tbf';
  readonly rateBitsPerSecond: number;
  readonly burstBytes: number;
  readonly limitBytes: number;
}

/** A network emulator, tc-netem(8): everything at once, the rate too, in one qdisc that can be changed in place. */
export interface Emulator extends Impairment {
  readonly kind: 'netem';
  readonly limitPackets: number;
}

/** The one qdisc that does all of an impairment. */
export type Qdisc = TokenBucket | Emulator;

/** What a token bucket may send at once: ten full packets, or a millisecond at the rate, which timers are good for at any rate. */
const leastBurstBytes = 16_384;
const burstSeconds = 0.001;
/** What may wait there: this long at the rate, and the burst. */
const queueSeconds = 0.05;
/** A full packet of Ethernet: what one of a queue limit counts as where the kernel wants bytes. */
const packetBytes = 1514;
const largestU32 = 0xffff_ffff;
/** What netem takes when nobody says anything (man page; NETEM's default in iproute2). */
const usualLimitPackets = 1000;

export function qdiscOf(impairment: Impairment): Qdisc {
  const { rateBitsPerSecond, limitPackets, ...rest } = impairment;
  const isRateAlone = Object.values(rest).every((value) => value === undefined);
  if (rateBitsPerSecond === undefined || !isRateAlone)
    return { kind: 'netem', ...impairment, limitPackets: limitPackets ?? usualLimitPackets };
  const burstBytes = Math.max(leastBurstBytes, Math.ceil((rateBitsPerSecond / 8) * burstSeconds));
  const wanted = limitPackets === undefined ? usualLimitBytes(rateBitsPerSecond) : limitPackets * packetBytes;
  return { kind: 'tbf', rateBitsPerSecond, burstBytes, limitBytes: Math.min(wanted, largestU32) };
}

function usualLimitBytes(rateBitsPerSecond: number): number {
  const burstBytes = Math.max(leastBurstBytes, Math.ceil((rateBitsPerSecond / 8) * burstSeconds));
  return Math.min(Math.ceil((rateBitsPerSecond / 8) * queueSeconds) + burstBytes, largestU32);
}

/** How a qdisc looks when it is read back. */
export function shapingOf(qdisc: Qdisc): ObservedShaping {
  if (qdisc.kind === 'netem') return qdisc;
  const { kind, rateBitsPerSecond, limitBytes } = qdisc;
  return { kind, rateBitsPerSecond, limitBytes };
}

/**
 * What a document would say of a qdisc; empty: nothing. A queue limit that nobody has to name is not named: netem's usual one, and any number
 * of bytes of a token bucket that is no number of packets.
 */
export function impairmentOf(shaping: ObservedShaping): Impairment {
  const { kind, limitBytes, limitPackets, beyond: _, ...rest } = shaping;
  if (kind === 'netem')
    return limitPackets === undefined || limitPackets === usualLimitPackets ? rest : { ...rest, limitPackets };
  const { rateBitsPerSecond = 0 } = rest;
  const isUsual = limitBytes === undefined || limitBytes === usualLimitBytes(rateBitsPerSecond);
  const packets = isUsual ? Number.NaN : limitBytes / packetBytes;
  return Number.isInteger(packets) && packets > 0
    ? { rateBitsPerSecond, limitPackets: packets }
    : { rateBitsPerSecond };
}
