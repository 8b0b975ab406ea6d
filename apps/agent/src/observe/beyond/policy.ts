import type { EventBody, RouteMessage } from '@vethlab/netlink';
import { type ObservedBeyond, type ObservedInterface, ROOT_NAMESPACE } from '@vethlab/observed';
import { tableName } from '../../inspect/sections/routes.js';
import { isRuleOfKernel, ruleText } from '../../inspect/sections/rules.js';
import type { LabNamespace } from '../../kernel/namespaces.js';
import { madeByKernel, mainTable, vrfTablesOf } from '../look.js';
import { nameIn } from './name-in.js';

/** Whether an event of a route tells of one that may be none of a document's; of those of the root namespace none is. */
export function isRouteBeyond(message: EventBody | null, namespace: string): boolean {
  if (message === null || !('nexthops' in message)) return false;
  if (!isByHand(message)) return false;
  return namespace === ROOT_NAMESPACE || message.type !== 'unicast' || message.table !== mainTable;
}

/**
 * Rules of policy routing, and routes of other kinds and tables than the main one and those of the namespace's VRFs; in the root namespace,
 * which is no node, all routes.
 */
export function lookAtPolicy(
  { socket, name }: LabNamespace,
  interfaces: readonly ObservedInterface[],
): readonly ObservedBeyond[] {
  const known = new Set(name === ROOT_NAMESPACE ? [] : [mainTable, ...vrfTablesOf(interfaces)]);
  const rules = socket
    .rules()
    .filter((rule) => !isRuleOfKernel(rule))
    .map((rule): ObservedBeyond => ({ kind: 'rule', text: withFamily(rule.family, ruleText(rule)) }));
  const routes = socket
    .routes()
    .filter((route) => isByHand(route) && !(route.type === 'unicast' && known.has(route.table)))
    .map((route): ObservedBeyond => ({ kind: 'route', text: withFamily(route.family, routeText(route, interfaces)) }));
  return [...rules, ...routes];
}

function isByHand({ protocol }: RouteMessage): boolean {
  return !madeByKernel.has(protocol);
}

/** As `ip route` writes it, as far as it tells one from another. */
function routeText(
  { type, dst, prefixLength, gateway, oif, table }: RouteMessage,
  interfaces: readonly ObservedInterface[],
): string {
  const words: string[] = type === 'unicast' ? [] : [type];
  words.push(dst === null ? 'default' : `${dst}/${prefixLength}`);
  if (gateway !== null) words.push('via', gateway);
  else if (type === 'unicast' && oif !== null) words.push('dev', nameIn(interfaces, oif));
  if (table !== mainTable) words.push('table', tableName(table));
  return words.join(' ');
}

function withFamily(family: 4 | 6, text: string): string {
  return family === 6 ? `IPv6 ${text}` : text;
}
