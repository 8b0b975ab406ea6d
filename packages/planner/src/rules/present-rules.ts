import {
  type Firewall,
  type FirewallChain,
  type FirewallChainName,
  type Nat,
  type Node,
  withoutRulesOf,
} from '@vethlab/topology';
import { noRules, type Rules, rulesOfNode } from './rules.js';

/** What is in the kernel, or not, by ifname. */
interface Present {
  has(ifname: string): boolean;
}

/** The rules of a node without those that wait for an interface. */
export function presentRules(node: Pick<Node, 'firewall' | 'nat'>, present: Present): Rules {
  const rules = rulesOfNode(node);
  return rules === noRules ? rules : withoutRulesOf(rules, (ifname) => !present.has(ifname)).record;
}

/** Rules as they were found, with those of before that wait in their old places. */
export function withWaiting(found: Rules, before: Rules, present: Present): Rules {
  const without = withoutRulesOf(before, (ifname) => !present.has(ifname)).record;
  if (without === before) return found;
  const merge = <Rule>(now: readonly Rule[], all: readonly Rule[], there: readonly Rule[]): readonly Rule[] => {
    const merged = [...now];
    for (const [index, rule] of all.entries()) if (!there.includes(rule)) merged.splice(index, 0, rule);
    return merged;
  };
  const chain = (name: FirewallChainName): FirewallChain => ({
    policy: found.firewall[name].policy,
    rules: merge(found.firewall[name].rules, before.firewall[name].rules, without.firewall[name].rules),
  });
  const firewall: Firewall = { input: chain('input'), forward: chain('forward'), output: chain('output') };
  const nat: Nat = {
    masquerade: merge(found.nat.masquerade, before.nat.masquerade, without.nat.masquerade),
    source: merge(found.nat.source, before.nat.source, without.nat.source),
    forwards: merge(found.nat.forwards, before.nat.forwards, without.nat.forwards),
  };
  return { firewall, nat };
}
