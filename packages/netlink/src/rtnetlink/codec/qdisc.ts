import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import { TCMSG_BYTES } from './message-types.js';

/** A queueing discipline, as RTM_NEWQDISC tells it. */
export interface QdiscMessage {
  readonly ifindex: number;
  /** 0: the one that the kernel gave by itself. */
  readonly handle: number;
  /** TC_H_ROOT (0xffffffff) for what everything that leaves goes through first; otherwise the class it hangs below. */
  readonly parent: number;
  /** `noqueue`, `tbf`, `netem`, `htb` … */
  readonly kind: string;
  /** Null for other kinds than `tbf` and `netem`. */
  readonly settings: TbfSettings | NetemSettings | null;
}

/** A token bucket, tc-tbf(8). */
export interface TbfSettings {
  readonly kind: 'tbf';
  readonly rateBytesPerSecond: number;
  /** 0: none. */
  readonly peakRateBytesPerSecond: number;
  /** As the kernel keeps it in time, so it may differ a little from what was asked for. */
  readonly burstBytes: number;
  readonly limitBytes: number;
}

/** A network emulator, tc-netem(8). Shares are from 0 to 1. */
export interface NetemSettings {
  readonly kind: 'netem';
  readonly delayNs: number;
  readonly jitterNs: number;
  readonly loss: number;
  readonly duplicate: number;
  /** Share of the packets that is sent at once. Only when `gap` is not 0. */
  readonly reorder: number;
  readonly corrupt: number;
  /** 0: none. */
  readonly rateBytesPerSecond: number;
  readonly limitPackets: number;
  /** Every so many packets one may be sent at once; 0: packets keep their order. */
  readonly gap: number;
  /** Names of settings beyond these: correlations, loss models, slots, overhead of a rate. */
  readonly others: readonly string[];
}

const TCA_KIND = 1;
const TCA_OPTIONS = 2;
const TCA_TBF_PARMS = 1;
const TCA_TBF_RATE64 = 4;
const TCA_TBF_PRATE64 = 5;
const TCA_NETEM_CORR = 1;
const TCA_NETEM_REORDER = 3;
const TCA_NETEM_CORRUPT = 4;
const TCA_NETEM_LOSS = 5;
const TCA_NETEM_RATE = 6;
const TCA_NETEM_ECN = 7;
const TCA_NETEM_RATE64 = 8;
const TCA_NETEM_LATENCY64 = 10;
const TCA_NETEM_JITTER64 = 11;
const TCA_NETEM_SLOT = 12;
/** struct tc_netem_qopt { u32 latency, limit, loss, gap, duplicate, jitter } stands before the attributes of netem. */
const NETEM_QOPT_BYTES = 24;
/** struct tc_tbf_qopt { tc_ratespec rate, peakrate; u32 limit, buffer, mtu } */
const TBF_QOPT_BYTES = 36;
/** One tick of the packet scheduler (PSCHED_SHIFT 6). */
const NANOSECONDS_PER_TICK = 64;
const LARGEST_U32 = 0xffff_ffff;

/** Reads the body of RTM_NEWQDISC or RTM_DELQDISC between two offsets; null when it is cut short. */
export function decodeQdisc(frame: Frame, start: number, end: number): QdiscMessage | null {
  if (end - start < TCMSG_BYTES || end > frame.bytes.length) return null;
  const { view } = frame;
  let kind = '';
  let options: { readonly start: number; readonly end: number } | null = null;
  const attribute = new Attributes(frame, start + TCMSG_BYTES, end);
  while (attribute.next()) {
    if (attribute.type === TCA_KIND) kind = attribute.text();
    else if (attribute.type === TCA_OPTIONS) options = { start: attribute.start, end: attribute.end };
  }
  return {
    ifindex: view.getInt32(start + 4, true),
    handle: view.getUint32(start + 8, true),
    parent: view.getUint32(start + 12, true),
    kind,
    settings: options === null ? null : settingsOf(kind, frame, options.start, options.end),
  };
}

function settingsOf(kind: string, frame: Frame, start: number, end: number): QdiscMessage['settings'] {
  if (kind === 'tbf') return decodeTbf(frame, start, end);
  if (kind === 'netem') return decodeNetem(frame, start, end);
  return null;
}

function decodeTbf(frame: Frame, start: number, end: number): TbfSettings | null {
  let found: { rate: number; peak: number; limit: number; ticks: number } | null = null;
  let rate64 = 0;
  let peak64 = 0;
  const attribute = new Attributes(frame, start, end);
  while (attribute.next()) {
    if (attribute.type === TCA_TBF_PARMS && attribute.end - attribute.start >= TBF_QOPT_BYTES) {
      const at = (offset: number) => frame.view.getUint32(attribute.start + offset, true);
      found = { rate: at(8), peak: at(20), limit: at(24), ticks: at(28) };
    } else if (attribute.type === TCA_TBF_RATE64) rate64 = attribute.u64(0);
    else if (attribute.type === TCA_TBF_PRATE64) peak64 = attribute.u64(0);
  }
  if (found === null) return null;
  const rateBytesPerSecond = Math.max(found.rate, rate64);
  return {
    kind: 'tbf',
    rateBytesPerSecond,
    peakRateBytesPerSecond: Math.max(found.peak, peak64),
    burstBytes: Math.round((found.ticks * NANOSECONDS_PER_TICK * rateBytesPerSecond) / 1e9),
    limitBytes: found.limit,
  };
}

type NetemDraft = { -readonly [Key in keyof NetemSettings]: NetemSettings[Key] };

function decodeNetem(frame: Frame, start: number, end: number): NetemSettings | null {
  if (end - start < NETEM_QOPT_BYTES) return null;
  const at = (offset: number) => frame.view.getUint32(start + offset, true);
  const others: string[] = [];
  const netem: NetemDraft = {
    kind: 'netem',
    delayNs: at(0) * NANOSECONDS_PER_TICK,
    limitPackets: at(4),
    loss: share(at(8)),
    gap: at(12),
    duplicate: share(at(16)),
    jitterNs: at(20) * NANOSECONDS_PER_TICK,
    reorder: 0,
    corrupt: 0,
    rateBytesPerSecond: 0,
    others,
  };
  const attribute = new Attributes(frame, start + NETEM_QOPT_BYTES, end);
  while (attribute.next()) readNetem(netem, others, attribute, frame);
  return netem;
}

function readNetem(netem: NetemDraft, others: string[], attribute: Attributes, frame: Frame): void {
  const words = (attribute.end - attribute.start) >> 2;
  const word = (index: number) => (index < words ? frame.view.getUint32(attribute.start + index * 4, true) : 0);
  switch (attribute.type) {
    case TCA_NETEM_CORR:
      for (const [index, name] of ['delay', 'loss', 'duplication'].entries())
        if (word(index) !== 0) others.push(`correlation of ${name}`);
      break;
    case TCA_NETEM_REORDER:
      netem.reorder = share(word(0));
      if (word(1) !== 0) others.push('correlation of reordering');
      break;
    case TCA_NETEM_CORRUPT:
      netem.corrupt = share(word(0));
      if (word(1) !== 0) others.push('correlation of corruption');
      break;
    case TCA_NETEM_LOSS:
      others.push('loss model');
      break;
    case TCA_NETEM_RATE:
      netem.rateBytesPerSecond = Math.max(netem.rateBytesPerSecond, word(0));
      if (word(1) !== 0 || word(2) !== 0 || word(3) !== 0) others.push('overhead of the rate');
      break;
    case TCA_NETEM_RATE64:
      netem.rateBytesPerSecond = Math.max(netem.rateBytesPerSecond, attribute.u64(0));
      break;
    case TCA_NETEM_LATENCY64:
      netem.delayNs = attribute.u64(0);
      break;
    case TCA_NETEM_JITTER64:
      netem.jitterNs = attribute.u64(0);
      break;
    case TCA_NETEM_ECN:
      if (attribute.u32(0) !== 0) others.push('ECN');
      break;
    case TCA_NETEM_SLOT:
      others.push('slots');
      break;
  }
}

function share(probability: number): number {
  return probability / LARGEST_U32;
}
