import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { type Family, parseIp } from '../codec/ip-address.js';
import { NLM_F_CREATE, NLM_F_EXCL, RTM_DELRULE, RTM_NEWRULE } from '../codec/message-types.js';
import type { MessageWriter } from '../codec/message-writer.js';
import * as fra from '../codec/rule.js';
import type { Request } from '../request.js';
import { checkIfname, checkPrefixLength, checkUnsigned } from './checks.js';

/** A rule of policy routing (ip-rule(8)). What is left out is not looked at. */
export interface RuleSpec {
  readonly family: Family;
  /** Lower ones are asked first. The kernel takes one below the lowest when it is left out. */
  readonly priority?: number;
  /** Default: `table`. */
  readonly action?: 'table' | 'goto' | 'nop' | 'blackhole' | 'unreachable' | 'prohibit';
  /** For the action `table`. Default: 254, main. */
  readonly table?: number;
  /** For the action `goto`: priority of a later rule. */
  readonly goto?: number;
  readonly src?: string;
  readonly srcPrefixLength?: number;
  readonly dst?: string;
  readonly dstPrefixLength?: number;
  readonly invert?: boolean;
  readonly iif?: string;
  readonly oif?: string;
  readonly fwmark?: number;
  readonly fwmask?: number;
  readonly tos?: number;
  readonly ipProtocol?: number;
  readonly sourcePorts?: fra.NumberRange;
  readonly destinationPorts?: fra.NumberRange;
  readonly uids?: fra.NumberRange;
  /** Who made it: 3 boot (the default, as with `ip rule`), 4 static. */
  readonly protocol?: number;
}

const RT_TABLE_MAIN = 254;
const RTPROT_BOOT = 3;
const RTPROT_UNSPEC = 0;

/** Adds a rule. Refused with EEXIST when there is one just like it. */
export function newRule(spec: RuleSpec): Request {
  return request('RTM_NEWRULE', RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL, spec, RTPROT_BOOT);
}

/** Removes the first rule that fits what is given. ENOENT when none does. */
export function deleteRule(spec: RuleSpec): Request {
  return request('RTM_DELRULE', RTM_DELRULE, 0, spec, RTPROT_UNSPEC);
}

function request(name: string, type: number, flags: number, spec: RuleSpec, protocol: number): Request {
  const { family, action = 'table', srcPrefixLength = 0, dstPrefixLength = 0 } = spec;
  checkPrefixLength(srcPrefixLength, family);
  checkPrefixLength(dstPrefixLength, family);
  const src = spec.src === undefined ? null : parseIp(spec.src, family);
  const dst = spec.dst === undefined ? null : parseIp(spec.dst, family);
  const table = action === 'table' ? (spec.table ?? RT_TABLE_MAIN) : 0;
  for (const [key, value] of Object.entries({ ...spec, table }))
    if (typeof value === 'number') checkUnsigned(value, key);
  if (spec.iif !== undefined) checkIfname(spec.iif);
  if (spec.oif !== undefined) checkIfname(spec.oif);
  return {
    label: `${name} ${spec.priority ?? ''}`.trim(),
    type,
    flags,
    encode: (writer) => {
      writer.u8(family === 4 ? AF_INET : AF_INET6);
      writer.u8(dst === null ? 0 : dstPrefixLength);
      writer.u8(src === null ? 0 : srcPrefixLength);
      writer.u8(spec.tos ?? 0);
      writer.u8(table > 255 ? 0 : table);
      writer.u16(0);
      writer.u8(fra.RULE_ACTIONS.indexOf(action));
      writer.u32(spec.invert === true ? fra.FIB_RULE_INVERT : 0);
      if (src !== null && srcPrefixLength > 0) writer.attribute(fra.FRA_SRC, src);
      if (dst !== null && dstPrefixLength > 0) writer.attribute(fra.FRA_DST, dst);
      if (table > 0) writer.attributeU32(fra.FRA_TABLE, table);
      writer.attributeU8(fra.FRA_PROTOCOL, spec.protocol ?? protocol);
      writeSelectors(writer, spec);
    },
  };
}

function writeSelectors(writer: MessageWriter, spec: RuleSpec): void {
  const { iif, oif, priority, goto, fwmark, fwmask, ipProtocol, sourcePorts, destinationPorts, uids } = spec;
  if (priority !== undefined) writer.attributeU32(fra.FRA_PRIORITY, priority);
  if (goto !== undefined) writer.attributeU32(fra.FRA_GOTO, goto);
  if (iif !== undefined) writer.attributeText(fra.FRA_IIFNAME, iif);
  if (oif !== undefined) writer.attributeText(fra.FRA_OIFNAME, oif);
  if (fwmark !== undefined) writer.attributeU32(fra.FRA_FWMARK, fwmark);
  if (fwmask !== undefined) writer.attributeU32(fra.FRA_FWMASK, fwmask);
  if (ipProtocol !== undefined) writer.attributeU8(fra.FRA_IP_PROTO, ipProtocol);
  if (sourcePorts !== undefined) writer.attribute(fra.FRA_SPORT_RANGE, bytesOf(Uint16Array, sourcePorts));
  if (destinationPorts !== undefined) writer.attribute(fra.FRA_DPORT_RANGE, bytesOf(Uint16Array, destinationPorts));
  if (uids !== undefined) writer.attribute(fra.FRA_UID_RANGE, bytesOf(Uint32Array, uids));
}

/** Two numbers in the byte order of the machine, which is little-endian wherever this library runs. */
function bytesOf(kind: typeof Uint16Array | typeof Uint32Array, { start, end }: fra.NumberRange): Uint8Array {
  return new Uint8Array(kind.of(start, end).buffer);
}
