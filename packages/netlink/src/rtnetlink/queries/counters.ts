import { Attributes } from '../codec/attributes.js';
import type { Frame } from '../codec/frame.js';
import { IF_STATS_BYTES, RTM_GETSTATS } from '../codec/message-types.js';
import { decodeStatistics, type InterfaceStatistics } from '../codec/statistics.js';
import type { Exchange } from '../exchange.js';

/** Totals of one interface. */
export interface InterfaceCounters extends InterfaceStatistics {
  readonly ifindex: number;
}

const IFLA_STATS_LINK_64 = 1;

/** Asks with RTM_GETSTATS: the counters and nothing else. */
export function counters(exchange: Exchange): InterfaceCounters[] {
  return exchange.dump({
    label: 'RTM_GETSTATS',
    type: RTM_GETSTATS,
    encode: (writer) => {
      writer.u32(0);
      writer.u32(0);
      writer.u32(1 << (IFLA_STATS_LINK_64 - 1));
    },
    decode: decodeCounters,
  });
}

/** Reads the body of RTM_NEWSTATS; null when it is cut short or without the counters. */
export function decodeCounters(frame: Frame, start: number, end: number): InterfaceCounters | null {
  if (end - start < IF_STATS_BYTES || end > frame.bytes.length) return null;
  const attribute = new Attributes(frame, start + IF_STATS_BYTES, end);
  while (attribute.next()) {
    if (attribute.type !== IFLA_STATS_LINK_64) continue;
    const statistics = decodeStatistics(frame, attribute.start, attribute.end);
    if (statistics !== null) return { ifindex: frame.view.getUint32(start + 4, true), ...statistics };
  }
  return null;
}
