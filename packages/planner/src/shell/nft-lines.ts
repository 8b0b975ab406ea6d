import type { ObservedRule } from '@vethlab/observed';
import type { RulesChain } from '../plan.js';
import { OUR_TABLE } from '../rules/rules.js';
import { familyOf } from '../rules/same-rules.js';
import { operand } from './operand.js';

const priorityNames: ReadonlyMap<number, string> = new Map([
  [-100, 'dstnat'],
  [0, 'filter'],
  [100, 'srcnat'],
]);

/**
 * The `nft` lines that put our table in the place of the one that is there. Whatever is between the single quotes has passed
 * `operand`, or is a word of ours: nothing in it can end them.
 */
export function nftLines(namespace: string, chains: readonly RulesChain[]): string[] {
  const nft = `ip netns exec ${operand(namespace)} nft`;
  // nft 1.0.6 cannot destroy what may not be there: it is made, so that it can be deleted.
  const lines = [`${nft} add table inet ${OUR_TABLE}`, `${nft} delete table inet ${OUR_TABLE}`];
  if (chains.length === 0) return lines;
  lines.push(`${nft} add table inet ${OUR_TABLE}`);
  for (const { name, base, rules } of chains) {
    const { type, hook, priority, policy } = base;
    const level = priorityNames.get(priority) ?? operand(priority);
    const hung = `type ${type} hook ${hook} priority ${level} ; policy ${policy} ;`;
    lines.push(`${nft} 'add chain inet ${OUR_TABLE} ${operand(name)} { ${hung} }'`);
    for (const rule of rules) lines.push(`${nft} 'add rule inet ${OUR_TABLE} ${operand(name)} ${nftRule(rule)}'`);
  }
  return lines;
}

/** A rule as nft(8) reads it: `iifname "eth1" tcp dport 80 counter accept`. */
export function nftRule({ match, action }: ObservedRule): string {
  const words: string[] = [];
  // Quoted, because a name may be a word of nft or a number.
  if (match.in !== undefined) words.push(`iifname "${operand(match.in)}"`);
  if (match.out !== undefined) words.push(`oifname "${operand(match.out)}"`);
  const family = familyOf(
    match.from === undefined && match.to === undefined && 'to' in action ? { ...match, to: action.to } : match,
  );
  const ip = family === 'ipv6' ? 'ip6' : 'ip';
  const isSaid = match.from !== undefined || match.to !== undefined;
  if (!isSaid && (match.family !== undefined || 'to' in action) && family !== null)
    words.push(`meta nfproto ${family}`);
  if (match.from !== undefined) words.push(`${ip} saddr ${operand(match.from)}`);
  if (match.to !== undefined) words.push(`${ip} daddr ${operand(match.to)}`);
  if (match.port !== undefined) words.push(`${operand(match.protocol ?? 'tcp')} dport ${operand(match.port)}`);
  else if (match.protocol !== undefined) words.push(`meta l4proto ${operand(match.protocol)}`);
  if (match.state !== undefined) words.push(`ct state ${match.state.map(operand).join(',')}`);
  words.push('counter', nftAction(action, ip));
  return words.join(' ');
}

function nftAction(action: ObservedRule['action'], ip: 'ip' | 'ip6'): string {
  switch (action.kind) {
    case 'snat':
      return `snat ${ip} to ${operand(action.to)}`;
    case 'dnat': {
      const address =
        action.to.includes(':') && action.port !== undefined ? `[${operand(action.to)}]` : operand(action.to);
      return `dnat ${ip} to ${address}${action.port === undefined ? '' : `:${operand(action.port)}`}`;
    }
    default:
      return action.kind;
  }
}
