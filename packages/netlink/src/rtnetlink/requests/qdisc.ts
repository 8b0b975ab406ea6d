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
const TCA_TBF_BURST = 6;
/** The kernel then reckons packet lengths itself, without a table from us (linux/pkt_sched.h). */
const TC_LINKLAYER_ETHERNET = 1;
const BITS_PER_BYTE = 8;
/** One tick of the packet scheduler is 64 ns (PSCHED_SHIFT 6). */
const NANOSECONDS_PER_TICK = 64;

/** Limits the rate of what leaves an interface; replaces whatever its root qdisc was. */
export function limitRate({ ifindex, rateBitsPerSecond, burstBytes, limitBytes }: RateLimit): Request {
  const rateBytes = Math.floor(rateBitsPerSecond / BITS_PER_BYTE);
  for (const [value, what] of [
    [ifindex, 'ifindex'],
    [rateBytes, 'rate'],
    [burstBytes, 'burst'],
    [limitBytes, 'limit'],
  ] as const)
    checkUnsigned(value, what);
  const bufferTicks = Math.ceil((burstBytes / rateBytes) * (1e9 / NANOSECONDS_PER_TICK));
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
      writer.attributeU32(TCA_TBF_BURST, burstBytes);
      writer.unnest(options);
    },
  };
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
  writer.u32(bytesPerSecond);
}
