import type { EventBody, RouteMessage } from '@vethlab/netlink';
import type { ObservedBeyond } from '@vethlab/observed';
import { tableName } from '../inspect/sections/routes.js';
import { isRuleOfKernel, ruleText } from '../inspect/sections/rules.js';
import { type LookedInto, madeByKernel, mainTable } from './look.js';

/** More would not be read; the live tab has all. */
const mostTold = 50;

/** Whether an event of a route tells of one that may be none of a document's. */
export function isBeyond(message: EventBody | null): boolean {
  if (message === null || !('nexthops' in message)) return false;
  return isByHand(message) && (message.type !== 'unicast' || message.table !== mainTable);
}

/**
 * What somebody made in a namespace that no document can say: rules of policy routing, and routes of other kinds and tables.
 * @param tables of the namespace's VRFs: their routes are a document's
 */
export function lookBeyond({ socket }: LookedInto, tables: readonly number[]): readonly ObservedBeyond[] {
  const known = new Set([mainTable, ...tables]);
  const rules = socket
    .rules()
    .filter((rule) => !isRuleOfKernel(rule))
    .map((rule): ObservedBeyond => ({ kind: 'rule', text: withFamily(rule.family, ruleText(rule)) }));
  const routes = socket
    .routes()
    .filter((route) => isByHand(route) && !(route.type === 'unicast' && known.has(route.table)))
    .map((route): ObservedBeyond => ({ kind: 'route', text: withFamily(route.family, routeText(route)) }));
  return [...rules, ...routes].slice(0, mostTold);
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
