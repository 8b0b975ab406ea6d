import type { ObservedRule } from '@vethlab/observed';
import type { Operation, RulesChain } from '../plan.js';
import { familyOf } from '../rules/same-rules.js';
import { operand, UnsafeOperandError } from './operand.js';

/**
 * The `iptables` and `ip6tables` lines that do the same with packets as an operation on rules; none for other operations, and for
 * what iptables has no line for. For people who know these better: they make tables of their own.
 */
export function iptablesOf(operation: Operation): string[] {
  if (operation.op !== 'set-rules') return [];
  try {
    return operation.chains.flatMap((chain) => linesOf(operation.namespace, chain));
  } catch (error) {
    if (error instanceof UnsafeOperandError) return [];
    throw error;
  }
}

function linesOf(namespace: string, { base, rules }: RulesChain): string[] {
  const table = base.type === 'nat' ? ' -t nat' : '';
  const chain = base.hook.toUpperCase();
  const inside = `ip netns exec ${operand(namespace)}`;
  const lines = rules.flatMap((rule) =>
    programsOf(rule).map((program) => `${inside} ${program}${table} -A ${chain}${wordsOf(rule)}`),
  );
  if (base.policy === 'accept') return lines;
  return [...['iptables', 'ip6tables'].map((program) => `${inside} ${program} -P ${chain} DROP`), ...lines];
}

/** One program for each family. */
function programsOf({ match, action }: ObservedRule): string[] {
  const family = familyOf(
    match.from === undefined && match.to === undefined && 'to' in action ? { ...match, to: action.to } : match,
  );
  if (family === 'ipv4') return ['iptables'];
  return family === 'ipv6' ? ['ip6tables'] : ['iptables', 'ip6tables'];
}

function wordsOf({ match, action }: ObservedRule): string {
  const words: string[] = [];
  if (match.in !== undefined) words.push(`-i ${operand(match.in)}`);
  if (match.out !== undefined) words.push(`-o ${operand(match.out)}`);
  if (match.from !== undefined) words.push(`-s ${operand(match.from)}`);
  if (match.to !== undefined) words.push(`-d ${operand(match.to)}`);
  if (match.protocol !== undefined) words.push(`-p ${match.protocol === 'icmpv6' ? 'ipv6-icmp' : match.protocol}`);
  if (match.port !== undefined) words.push(`--dport ${operand(match.port)}`);
  if (match.state !== undefined) {
    words.push(`-m conntrack --ctstate ${match.state.map((state) => operand(state.toUpperCase())).join(',')}`);
  }
  words.push(`-j ${targetOf(action)}`);
  return words.map((word) => ` ${word}`).join('');
}

function targetOf(action: ObservedRule['action']): string {
  switch (action.kind) {
    case 'snat':
      return `SNAT --to-source ${operand(action.to)}`;
    case 'dnat': {
      const isIpv6 = action.to.includes(':');
      // The shell reads brackets, so they are quoted.
      if (action.port === undefined) return `DNAT --to-destination ${operand(action.to)}`;
      const place = isIpv6
        ? `'[${operand(action.to)}]:${operand(action.port)}'`
        : `${operand(action.to)}:${operand(action.port)}`;
      return `DNAT --to-destination ${place}`;
    }
    default:
      return action.kind.toUpperCase();
  }
}
