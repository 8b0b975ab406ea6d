import { RTM_GETQDISC, TCMSG_BYTES } from '../codec/message-types.js';
import { decodeQdisc, type QdiscMessage } from '../codec/qdisc.js';
import type { Exchange } from '../exchange.js';

/** Which queueing disciplines; of all interfaces without anything. */
export interface QdiscQuery {
  readonly ifindex?: number;
}

/**
 * The kernel lists those of all interfaces, whatever is asked (tc_dump_qdisc in net/sched/sch_api.c). There is a question for a single one, but its
 * answer is an event as well, for everybody who listens (qdisc_get_notify): whoever looks again on events would never come to rest.
 */
export function qdiscs(exchange: Exchange, { ifindex }: QdiscQuery): QdiscMessage[] {
  const all = exchange.dump({
    label: 'RTM_GETQDISC',
    type: RTM_GETQDISC,
    encode: (writer) => {
      for (let word = 0; word < TCMSG_BYTES / 4; word++) writer.u32(word === 1 ? (ifindex ?? 0) : 0);
    },
    decode: decodeQdisc,
  });
  return ifindex === undefined ? all : all.filter((qdisc) => qdisc.ifindex === ifindex);
}
