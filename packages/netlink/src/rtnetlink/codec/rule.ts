import { AF_INET, AF_INET6 } from '../../libc/constants.js';
import { Attributes } from './attributes.js';
import type { Frame } from './frame.js';
import type { Family } from './ip-address.js';
import { RULE_BYTES } from './message-types.js';

/** What happens to a packet that a rule takes; `other` for what a newer kernel may know. */
export type RuleAction = 'table' | 'goto' | 'nop' | 'blackhole' | 'unreachable' | 'prohibit' | 'other';

/** An inclusive range of ports or user ids. */
export interface NumberRange {
  readonly start: number;
  readonly end: number;
}

/** One rule of policy routing, as RTM_NEWRULE tells it (linux/fib_rules.h, ip-rule(8)). Rules are asked from low to high priority. */
export interface RuleMessage {
  readonly family: Family;
  readonly priority: number;
  readonly action: RuleAction;
  /** The table that is looked into; 0 for other actions. */
  readonly table: number;
  /** Priority of the rule that `goto` leads to. */
  readonly goto: number | null;
  /** Null: from anywhere (prefix length 0). */
  readonly src: string | null;
  readonly srcPrefixLength: number;
  readonly dst: string | null;
  readonly dstPrefixLength: number;
  /** It takes the packets that do not fit. */
  readonly invert: boolean;
  readonly iif: string | null;
  readonly oif: string | null;
  /** No interface has the name of `iif` or `oif` now. */
  readonly iifDetached: boolean;
  readonly oifDetached: boolean;
  readonly fwmark: number | null;
  readonly fwmask: number | null;
  readonly tos: number;
  /** IP protocol number: 6 TCP, 17 UDP. */
  readonly ipProtocol: number | null;
  readonly sourcePorts: NumberRange | null;
  readonly destinationPorts: NumberRange | null;
  readonly uids: NumberRange | null;
  /** Routes with a prefix this long or shorter do not count. */
  readonly suppressPrefixLength: number | null;
  /** The table is that of the interface's VRF. */
  readonly l3mdev: boolean;
  /** Who made it: 2 the kernel; 0 when it was not told. */
  readonly protocol: number;
}

export const FRA_DST = 1;
export const FRA_SRC = 2;
export const FRA_IIFNAME = 3;
export const FRA_GOTO = 4;
export const FRA_PRIORITY = 6;
export const FRA_FWMARK = 10;
export const FRA_SUPPRESS_PREFIXLEN = 14;
export const FRA_TABLE = 15;
export const FRA_FWMASK = 16;
export const FRA_OIFNAME = 17;
export const FRA_L3MDEV = 19;
export const FRA_UID_RANGE = 20;
export const FRA_PROTOCOL = 21;
export const FRA_IP_PROTO = 22;
export const FRA_SPORT_RANGE = 23;
export const FRA_DPORT_RANGE = 24;
export const FIB_RULE_INVERT = 0x2;
const FIB_RULE_IIF_DETACHED = 0x8;
const FIB_RULE_OIF_DETACHED = 0x10;
/** FR_ACT_*; the numbers between are unused. */
export const RULE_ACTIONS: readonly RuleAction[] = [
  'other',
  'table',
  'goto',
  'nop',
  'other',
  'other',
  'blackhole',
  'unreachable',
  'prohibit',
];

type Draft = { -readonly [K in keyof RuleMessage]: RuleMessage[K] };

/** Reads the body of RTM_NEWRULE or RTM_DELRULE; null when it is cut short or neither IPv4 nor IPv6. */
export function decodeRule(frame: Frame, start: number, end: number): RuleMessage | null {
  if (end - start < RULE_BYTES || end > frame.bytes.length) return null;
  const family = frame.view.getUint8(start);
  if (family !== AF_INET && family !== AF_INET6) return null;
  const rule = emptyRule(frame.view, start, family === AF_INET ? 4 : 6);
  const attribute = new Attributes(frame, start + RULE_BYTES, end);
  while (attribute.next()) readAttribute(rule, attribute, frame.view);
  if (rule.srcPrefixLength === 0) rule.src = null;
  if (rule.dstPrefixLength === 0) rule.dst = null;
  return rule;
}

/** struct fib_rule_hdr { u8 family, dst_len, src_len, tos, table, res1, res2, action; u32 flags } */
function emptyRule(view: DataView, start: number, family: Family): Draft {
  const flags = view.getUint32(start + 8, true);
  return {
    family,
    priority: 0,
    action: RULE_ACTIONS[view.getUint8(start + 7)] ?? 'other',
    table: view.getUint8(start + 4),
    goto: null,
    src: null,
    srcPrefixLength: view.getUint8(start + 2),
    dst: null,
    dstPrefixLength: view.getUint8(start + 1),
    invert: (flags & FIB_RULE_INVERT) !== 0,
    iif: null,
    oif: null,
    iifDetached: (flags & FIB_RULE_IIF_DETACHED) !== 0,
    oifDetached: (flags & FIB_RULE_OIF_DETACHED) !== 0,
    fwmark: null,
    fwmask: null,
    tos: view.getUint8(start + 3),
    ipProtocol: null,
    sourcePorts: null,
    destinationPorts: null,
    uids: null,
    suppressPrefixLength: null,
    l3mdev: false,
    protocol: 0,
  };
}

function readAttribute(rule: Draft, attribute: Attributes, view: DataView): void {
  switch (attribute.type) {
    case FRA_DST:
      rule.dst = attribute.ip();
      break;
    case FRA_SRC:
      rule.src = attribute.ip();
      break;
    case FRA_IIFNAME:
      rule.iif = attribute.text();
      break;
    case FRA_OIFNAME:
      rule.oif = attribute.text();
      break;
    case FRA_GOTO:
      rule.goto = attribute.u32(0);
      break;
    case FRA_PRIORITY:
      rule.priority = attribute.u32(0);
      break;
    case FRA_FWMARK:
      rule.fwmark = attribute.u32(0);
      break;
    case FRA_FWMASK:
      rule.fwmask = attribute.u32(0);
      break;
    case FRA_SUPPRESS_PREFIXLEN:
      // -1: nothing is left out.
      rule.suppressPrefixLength = attribute.s32(-1) < 0 ? null : attribute.u32(0);
      break;
    case FRA_TABLE:
      rule.table = attribute.u32(rule.table);
      break;
    case FRA_L3MDEV:
      rule.l3mdev = attribute.u8(0) !== 0;
      break;
    case FRA_PROTOCOL:
      rule.protocol = attribute.u8(0);
      break;
    case FRA_IP_PROTO:
      rule.ipProtocol = attribute.u8(0);
      break;
    case FRA_UID_RANGE:
      rule.uids = readRange(attribute, 8, (at) => view.getUint32(at, true));
      break;
    case FRA_SPORT_RANGE:
      rule.sourcePorts = readRange(attribute, 4, (at) => view.getUint16(at, true));
      break;
    case FRA_DPORT_RANGE:
      rule.destinationPorts = readRange(attribute, 4, (at) => view.getUint16(at, true));
      break;
  }
}

/** Two numbers of half the size each; null when the value is too short. */
function readRange(attribute: Attributes, bytes: number, read: (at: number) => number): NumberRange | null {
  if (attribute.end - attribute.start < bytes) return null;
  return { start: read(attribute.start), end: read(attribute.start + bytes / 2) };
}
