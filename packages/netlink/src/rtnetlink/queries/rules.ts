import { NetlinkError } from '../../errors/netlink-error.js';
import { EAFNOSUPPORT, EOPNOTSUPP } from '../../libc/constants.js';
import type { Family } from '../codec/ip-address.js';
import { RTM_GETRULE, RULE_BYTES } from '../codec/message-types.js';
import { decodeRule, type RuleMessage } from '../codec/rule.js';
import type { Exchange } from '../exchange.js';
import { kernelFamily } from './addresses.js';

/** Which rules; of both families without anything. */
export interface RuleQuery {
  readonly family?: Family;
}

/** A kernel without policy routing has no rules. */
export function rules(exchange: Exchange, query: RuleQuery): RuleMessage[] {
  try {
    return exchange.dump({
      label: 'RTM_GETRULE',
      type: RTM_GETRULE,
      encode: (writer) => {
        writer.u8(kernelFamily(query.family));
        for (let byte = 1; byte < RULE_BYTES; byte++) writer.u8(0);
      },
      decode: decodeRule,
    });
  } catch (error) {
    if (error instanceof NetlinkError && (error.errno === EOPNOTSUPP || error.errno === EAFNOSUPPORT)) return [];
    throw error;
  }
}
