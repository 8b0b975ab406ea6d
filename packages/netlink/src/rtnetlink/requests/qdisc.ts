import { NLM_F_CREATE, NLM_F_REPLACE, RTM_DELQDISC, RTM_NEWQDISC } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { Request } from '../request.js';
import { checkUnsigned } from './checks.js';

/** A token bucket on the egress of an interface, tc-tbf(8). */
export interface RateLimit {
  readonly ifindex: number;
  readonly rateBitsPerSecond: number;
  /** What may leave at once after a silence; at least one packet. */
  readonly burstBytes: number;
  /** What may wait; more is dropped. */
  readonly limitBytes: number;
}

const TC_H_ROOT = 0xffff_ffff;
const TCA_KIND = 1;
const TCA_OPTIONS = 2;
const TCA_TBF_PARMS = 1;
const TCA_TBF_RATE64 = 4;
const TCA_TBF_BURST = 6;
const TCA_NETEM_CORR = 1;
const TCA_NETEM_REORDER = 3;
const TCA_NETEM_CORRUPT = 4;
const TCA_NETEM_RATE = 6;
const TCA_NETEM_RATE64 = 8;
const TCA_NETEM_LATENCY64 = 10;
const TCA_NETEM_JITTER64 = 11;
const LARGEST_U32 = 0xffff_ffff;
/** The kernel then reckons packet lengths itself, without a table from us (linux/pkt_sched.h). */
const TC_LINKLAYER_ETHERNET = 1;
const BITS_PER_BYTE = 8;
/** One tick of the packet scheduler is 64 ns (PSCHED_SHIFT 6). */
const NANOSECONDS_PER_TICK = 64;

/** Limits the rate of what leaves an interface. A token bucket that is there already is changed in place; anything else is replaced. */
export function limitRate({ ifindex, rateBitsPerSecond, burstBytes, limitBytes }: RateLimit): Request {
  const rateBytes = Math.floor(rateBitsPerSecond / BITS_PER_BYTE);
  if (!Number.isSafeInteger(rateBytes) || rateBytes <= 0) throw new RangeError(`rate cannot be ${rateBitsPerSecond}`);
  for (const [value, what] of [
    [ifindex, 'ifindex'],
    [burstBytes, 'burst'],
    [limitBytes, 'limit'],
  ] as const)
    checkUnsigned(value, what);
  // More than four minutes at the rate do not fit; the kernel goes by the bytes anyway.
  const bufferTicks = Math.min(Math.ceil((burstBytes / rateBytes) * (1e9 / NANOSECONDS_PER_TICK)), LARGEST_U32);
  return {
    label: `RTM_NEWQDISC tbf ${ifindex}`,
    type: RTM_NEWQDISC,
    flags: NLM_F_CREATE | NLM_F_REPLACE,
    encode: (writer) => {
      header(writer, ifindex);
      writer.attributeText(TCA_KIND, 'tbf');
      const options = writer.nest(TCA_OPTIONS);
      const parameters = writer.nest(TCA_TBF_PARMS);
      // struct tc_tbf_qopt { tc_ratespec rate, peakrate; u32 limit, buffer, mtu }
      rate(writer, rateBytes);
      rate(writer, 0);
      writer.u32(limitBytes);
      writer.u32(bufferTicks);
      writer.u32(0);
      writer.unnest(parameters);
      if (rateBytes > LARGEST_U32) writer.attributeU64(TCA_TBF_RATE64, rateBytes);
      writer.attributeU32(TCA_TBF_BURST, burstBytes);
      writer.unnest(options);
    },
  };
}

/** What tc-netem(8) does to packets that leave an interface. What is left out is not done. Shares are from 0 to 1. */
export interface NetworkEmulation {
  readonly ifindex: number;
  readonly delayNs?: number;
  readonly jitterNs?: number;
  readonly loss?: number;
  readonly duplicate?: number;
  /** This share is sent at once; the others wait for their delay. */
  readonly reorder?: number;
  readonly corrupt?: number;
  readonly rateBitsPerSecond?: number;
  /** Packets that may wait, those that wait for their delay among them. */
  readonly limitPackets: number;
}

/**
 * Emulates a network on what leaves an interface. A netem that is there already is changed in place: packets that wait in it stay. Everything
 * is said every time, because netem_change (net/sched/sch_netem.c) keeps what it is not told of; only a table of delays that
 * somebody loaded by hand (`distribution`) stays.
 */
export function emulateNetwork(emulation: NetworkEmulation): Request {
  const { ifindex, delayNs = 0, jitterNs = 0, limitPackets } = emulation;
  const rateBytes = Math.floor((emulation.rateBitsPerSecond ?? 0) / BITS_PER_BYTE);
  checkUnsigned(ifindex, 'ifindex');
  checkUnsigned(limitPackets, 'limit');
  for (const [value, what] of [
    [delayNs, 'delay'],
    [jitterNs, 'jitter'],
    [rateBytes, 'rate'],
  ] as const)
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${what} cannot be ${value}`);
  const loss = probability(emulation.loss, 'loss');
  const duplicate = probability(emulation.duplicate, 'duplicate');
  const reorder = probability(emulation.reorder, 'reorder');
  const corrupt = probability(emulation.corrupt, 'corrupt');
  return {
    label: `RTM_NEWQDISC netem ${ifindex}`,
    type: RTM_NEWQDISC,
    flags: NLM_F_CREATE | NLM_F_REPLACE,
    encode: (writer) => {
      header(writer, ifindex);
      writer.attributeText(TCA_KIND, 'netem');
      const options = writer.nest(TCA_OPTIONS);
      // struct tc_netem_qopt { u32 latency, limit, loss, gap, duplicate, jitter }; the times follow exactly in 64 bits.
      writer.u32(ticks(delayNs));
      writer.u32(limitPackets);
      writer.u32(loss);
      writer.u32(reorder === 0 ? 0 : 1);
      writer.u32(duplicate);
      writer.u32(ticks(jitterNs));
      writer.attributeU64(TCA_NETEM_LATENCY64, delayNs);
      writer.attributeU64(TCA_NETEM_JITTER64, jitterNs);
      words(writer, TCA_NETEM_CORR, 0, 0, 0);
      words(writer, TCA_NETEM_REORDER, reorder, 0);
      words(writer, TCA_NETEM_CORRUPT, corrupt, 0);
      if (rateBytes > LARGEST_U32) writer.attributeU64(TCA_NETEM_RATE64, rateBytes);
      // struct tc_netem_rate { u32 rate; s32 packet_overhead; u32 cell_size; s32 cell_overhead }
      words(writer, TCA_NETEM_RATE, Math.min(rateBytes, LARGEST_U32), 0, 0, 0);
      writer.unnest(options);
    },
  };
}

/** A share as the kernel wants it: of the largest number of 32 bits. */
function probability(share: number | undefined, what: string): number {
  if (share === undefined) return 0;
  if (!(share >= 0 && share <= 1)) throw new RangeError(`${what} cannot be ${share}`);
  return Math.round(share * LARGEST_U32);
}

function ticks(nanoseconds: number): number {
  return Math.min(Math.floor(nanoseconds / NANOSECONDS_PER_TICK), LARGEST_U32);
}

function words(writer: MessageWriter, type: number, ...values: readonly number[]): void {
  const at = writer.nest(type);
  for (const value of values) writer.u32(value);
  writer.unnest(at);
}

/** Takes the root qdisc away: the interface has its default one again (`noqueue` for a veth). */
export function deleteRootQdisc({ ifindex }: { readonly ifindex: number }): Request {
  checkUnsigned(ifindex, 'ifindex');
  return {
    label: `RTM_DELQDISC ${ifindex}`,
    type: RTM_DELQDISC,
    flags: 0,
    encode: (writer) => header(writer, ifindex),
  };
}

/** struct tcmsg { u8 family; u8 pad; u16 pad; s32 ifindex; u32 handle, parent, info }, linux/rtnetlink.h */
function header(writer: MessageWriter, ifindex: number): void {
  writer.u32(0);
  writer.u32(ifindex);
  writer.u32(0);
  writer.u32(TC_H_ROOT);
  writer.u32(0);
}

/** struct tc_ratespec { u8 cell_log, linklayer; u16 overhead; s16 cell_align; u16 mpu; u32 rate }, linux/pkt_sched.h */
function rate(writer: MessageWriter, bytesPerSecond: number): void {
  writer.u8(0);
  writer.u8(bytesPerSecond === 0 ? 0 : TC_LINKLAYER_ETHERNET);
  writer.u16(0);
  writer.u16(0);
  writer.u16(0);
  writer.u32(Math.min(bytesPerSecond, LARGEST_U32));
}
