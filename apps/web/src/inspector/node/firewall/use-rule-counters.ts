import { noRules, type Rules, rulesOfNode } from '@vethlab/planner';
import { type FirewallRule, type Node, type NodeName, withoutRulesOf } from '@vethlab/topology';
import { useLabStore } from '../../../lab';
import { useInspect } from '../../live/use-inspect';

type AnyRule = FirewallRule | Rules['nat'][keyof Rules['nat']][number];

/** Packets that a rule of a chain has fitted while the lab runs. Null: it waits for its interface. Undefined: not known. */
export type PacketsOf = (chain: string, rule: AnyRule) => number | null | undefined;

const sections = ['counted'] as const;

/** Has what the rules of a node count read while they are looked at. */
export function useRuleCounters(name: NodeName, node: Node): PacketsOf {
  const rules = rulesOfNode(node);
  useInspect(rules === noRules ? null : name, sections);
  const counted = useLabStore((lab) => (lab.live?.node === name ? lab.live.pieces.counted : undefined));
  const interfaces = useLabStore((lab) =>
    Object.hasOwn(lab.observed.namespaces, name) ? lab.observed.namespaces[name]?.interfaces : undefined,
  );
  if (counted === undefined || interfaces === undefined) return () => undefined;
  const { firewall, nat } = withoutRulesOf(rules, (ifname) => !Object.hasOwn(interfaces, ifname)).record;
  const lists: Readonly<Record<string, readonly AnyRule[]>> = {
    input: firewall.input.rules,
    forward: firewall.forward.rules,
    output: firewall.output.rules,
    prerouting: nat.forwards,
    postrouting: [...nat.source, ...nat.masquerade],
  };
  return (chain, rule) => {
    const index = lists[chain]?.indexOf(rule) ?? -1;
    if (index < 0) return null;
    return counted.rows.find((row) => row.chain === chain && row.index === index)?.packets;
  };
}
