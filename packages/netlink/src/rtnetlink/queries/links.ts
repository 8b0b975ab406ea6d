import { NetlinkError } from '../../errors/netlink-error.js';
import { ENODEV } from '../../libc/constants.js';
import { decodeLink, type LinkMessage } from '../codec/link.js';
import { RTM_GETLINK } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import type { Exchange } from '../exchange.js';

/** Which interfaces, and with what. */
export interface LinkQuery {
  readonly ifindex?: number;
  /** Name or alternative name. */
  readonly ifname?: string;
  /** With counters; makes the answer three times as large. */
  readonly statistics?: boolean;
}

const IFLA_IFNAME = 3;
const IFLA_EXT_MASK = 29;
const IFLA_ALT_IFNAME = 53;
const RTEXT_FILTER_SKIP_STATS = 1 << 3;
/** IFNAMSIZ without the NUL: longer names can only be alternative ones. */
const LONGEST_IFNAME_BYTES = 15;

/** One interface that was asked for and does not exist is an empty list, not an error. */
export function links(exchange: Exchange, query: LinkQuery): LinkMessage[] {
  const { ifindex, ifname } = query;
  const encode = (writer: MessageWriter) => {
    writer.interfaceHeader(ifindex ?? 0, 0, 0);
    if (query.statistics !== true) writer.attributeU32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS);
    if (ifindex === undefined && ifname !== undefined) {
      const long = Buffer.byteLength(ifname) > LONGEST_IFNAME_BYTES;
      writer.attributeText(long ? IFLA_ALT_IFNAME : IFLA_IFNAME, ifname);
    }
  };
  const question = { label: 'RTM_GETLINK', type: RTM_GETLINK, encode, decode: decodeLink };
  if (ifindex === undefined && ifname === undefined) return exchange.dump(question);
  try {
    const link = exchange.get(question);
    return link === null ? [] : [link];
  } catch (error) {
    if (error instanceof NetlinkError && error.errno === ENODEV) return [];
    throw error;
  }
}
