import { NetlinkError } from '../../errors/netlink-error.js';
import { ENODEV, ENOENT } from '../../libc/constants.js';
import { RTM_GETQDISC, TCMSG_BYTES } from '../codec/message-types.js';
import { decodeQdisc, type QdiscMessage } from '../codec/qdisc.js';
import type { Exchange } from '../exchange.js';

const TC_H_ROOT = 0xffff_ffff;

/** Which queueing disciplines; of all interfaces without anything. */
export interface QdiscQuery {
  readonly ifindex?: number;
}

/** The kernel lists those of all interfaces, whatever is asked (tc_dump_qdisc in net/sched/sch_api.c). */
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

/** The root qdisc of one interface, without listing all; null when there is no such interface. */
export function rootQdisc(exchange: Exchange, ifindex: number): QdiscMessage | null {
  try {
    return exchange.get({
      label: 'RTM_GETQDISC',
      type: RTM_GETQDISC,
      encode: (writer) => {
        writer.u32(0);
        writer.u32(ifindex);
        writer.u32(0);
        writer.u32(TC_H_ROOT);
        writer.u32(0);
      },
      decode: decodeQdisc,
    });
  } catch (error) {
    if (error instanceof NetlinkError && (error.errno === ENODEV || error.errno === ENOENT)) return null;
    throw error;
  }
}
