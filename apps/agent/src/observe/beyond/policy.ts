import type { EventBody, RouteMessage } from '@vethlab/netlink';
import type { ObservedBeyond, ObservedInterface } from '@vethlab/observed';
import { tableName } from '../../inspect/sections/routes.js';
import { isRuleOfKernel, ruleText } from '../../inspect/sections/rules.js';
import { type LookedInto, madeByKernel, mainTable, vrfTablesOf } from '../look.js';

/** Whether an event of a route tells of one that may be none of a document's. */
export function isRouteBeyond(message: EventBody | null): boolean {
  if (message === null || !('nexthops' in message)) return false;
  return isByHand(message) && (message.type !== 'unicast' || message.table !== mainTable);
}

/** Rules of policy routing, and routes of other kinds and tables than the main one and those of the namespace's VRFs. */
export function lookAtPolicy(
  { socket }: LookedInto,
  interfaces: readonly ObservedInterface[],
): readonly ObservedBeyond[] {
  const known = new Set([mainTable, ...vrfTablesOf(interfaces)]);
  const rules = socket
    .rules()
    .filter((rule) => !isRuleOfKernel(rule))
    .map((rule): ObservedBeyond => ({ kind: 'rule', text: withFamily(rule.family, ruleText(rule)) }));
  const routes = socket
    .routes()
    .filter((route) => isByHand(route) && !(route.type === 'unicast' && known.has(route.table)))
    .map((route): ObservedBeyond => ({ kind: 'route', text: withFamily(route.family, routeText(route)) }));
  return [...rules, ...routes];
}

function isByHand({ protocol }: RouteMessage): boolean {
  return !madeByKernel.has(protocol);
}

/** As `ip route` writes it, as far as it tells one from another. */
function routeText({ type, dst, prefixLength, gateway, table }: RouteMessage): string {
  const words: string[] = type === 'unicast' ? [] : [type];
  words.push(dst === null ? 'default' : `${dst}/${prefixLength}`);
  if (gateway !== null) words.push('via', gateway);
  if (table !== mainTable) words.push('table', tableName(table));
  return words.join(' ');
}

function withFamily(family: 4 | 6, text: string): string {
  return family === 6 ? `IPv6 ${text}` : text;
}
