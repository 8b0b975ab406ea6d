import type { RuleMessage } from '@vethlab/netlink';
import type { LiveList, LiveRule } from '@vethlab/protocol';
import { bounded, short } from '../bounded.js';
import type { LookContext } from '../look-context.js';
import { tableName } from './routes.js';

/** The rules of every new namespace: local, main and, in IPv4, default (ip-rule(8)). */
const firstRules: ReadonlyMap<number, number> = new Map([
  [0, 255],
  [32_766, 254],
  [32_767, 253],
]);
const protocolNames: ReadonlyMap<number, string> = new Map([
  [1, 'icmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [58, 'ipv6-icmp'],
  [132, 'sctp'],
]);
const wholeMask = 0xffff_ffff;

export function readRules(look: LookContext): LiveList<LiveRule> {
  return bounded(
    look.namespace.socket.rules().map((rule) => ({
      family: rule.family,
      priority: rule.priority,
      selector: short(selectorOf(rule)),
      action: actionOf(rule),
      kernelMade: isRuleOfKernel(rule),
    })),
  );
}

/** RTPROT_KERNEL of rtnetlink(7): with the first VRF of a namespace the kernel adds a rule that asks each VRF's own table. */
const madeByKernel = 2;

export function isRuleOfKernel(rule: RuleMessage): boolean {
  if (rule.action !== 'table' || selectorOf(rule) !== 'from all') return false;
  return rule.l3mdev ? rule.protocol === madeByKernel : firstRules.get(rule.priority) === rule.table;
}

/** As `ip rule` writes it. */
export function ruleText(rule: RuleMessage): string {
  return `${selectorOf(rule)} ${actionOf(rule)}`;
}

function selectorOf(rule: RuleMessage): string {
  const words: string[] = [];
  if (rule.invert) words.push('not');
  words.push('from', rule.src === null ? 'all' : network(rule.src, rule.srcPrefixLength, rule.family));
  if (rule.dst !== null) words.push('to', network(rule.dst, rule.dstPrefixLength, rule.family));
  if (rule.tos !== 0) words.push('tos', hex(rule.tos));
  if (rule.fwmark !== null) words.push('fwmark', mark(rule.fwmark, rule.fwmask));
  if (rule.iif !== null) words.push('iif', rule.iif, ...(rule.iifDetached ? ['[detached]'] : []));
  if (rule.oif !== null) words.push('oif', rule.oif, ...(rule.oifDetached ? ['[detached]'] : []));
  if (rule.uids !== null) words.push('uidrange', `${rule.uids.start}-${rule.uids.end}`);
  if (rule.ipProtocol !== null) words.push('ipproto', protocolNames.get(rule.ipProtocol) ?? String(rule.ipProtocol));
  if (rule.sourcePorts !== null) words.push('sport', range(rule.sourcePorts));
  if (rule.destinationPorts !== null) words.push('dport', range(rule.destinationPorts));
  return words.join(' ');
}

function actionOf(rule: RuleMessage): string {
  const suppressed = rule.suppressPrefixLength === null ? '' : ` suppress_prefixlength ${rule.suppressPrefixLength}`;
  if (rule.l3mdev) return `lookup [l3mdev-table]${suppressed}`;
  if (rule.action === 'table') return `lookup ${tableName(rule.table)}${suppressed}`;
  if (rule.action === 'goto') return `goto ${rule.goto ?? '?'}`;
  return rule.action;
}

function network(address: string, prefixLength: number, family: 4 | 6): string {
  return prefixLength === (family === 4 ? 32 : 128) ? address : `${address}/${prefixLength}`;
}

function mark(fwmark: number, fwmask: number | null): string {
  return fwmask === null || fwmask === wholeMask ? hex(fwmark) : `${hex(fwmark)}/${hex(fwmask)}`;
}

function hex(value: number): string {
  return `0x${value.toString(16)}`;
}

function range({ start, end }: { readonly start: number; readonly end: number }): string {
  return start === end ? String(start) : `${start}-${end}`;
}
