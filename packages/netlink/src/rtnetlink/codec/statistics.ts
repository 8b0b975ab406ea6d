import type { Frame } from './frame.js';

/** Totals of an interface since it was made (struct rtnl_link_stats64, linux/if_link.h). Exact up to 2^53. */
export interface InterfaceStatistics {
  readonly rxPackets: number;
  readonly txPackets: number;
  readonly rxBytes: number;
  readonly txBytes: number;
  readonly rxErrors: number;
  readonly txErrors: number;
  readonly rxDropped: number;
  readonly txDropped: number;
}

const U64_BYTES = 8;
const FIELDS = 8;

/** Reads the first eight counters of a struct rtnl_link_stats64; null when it is cut short. */
export function decodeStatistics(frame: Frame, start: number, end: number): InterfaceStatistics | null {
  if (end - start < FIELDS * U64_BYTES || end > frame.bytes.length) return null;
  const { view } = frame;
  return {
    rxPackets: counter(view, start),
    txPackets: counter(view, start + U64_BYTES),
    rxBytes: counter(view, start + 2 * U64_BYTES),
    txBytes: counter(view, start + 3 * U64_BYTES),
    rxErrors: counter(view, start + 4 * U64_BYTES),
    txErrors: counter(view, start + 5 * U64_BYTES),
    rxDropped: counter(view, start + 6 * U64_BYTES),
    txDropped: counter(view, start + 7 * U64_BYTES),
  };
}

// Two halves: a bigint per counter would cost an allocation each.
function counter(view: DataView, at: number): number {
  return view.getUint32(at + 4, true) * 0x1_0000_0000 + view.getUint32(at, true);
}
