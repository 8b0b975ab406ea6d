import { countRules, type Node } from '@vethlab/topology';

/** What a node has of firewall and NAT: `Firewall, 3 rules; NAT, 1 rule`. Null: neither. */
export function describeRules({ firewall, nat }: Pick<Node, 'firewall' | 'nat'>): string | null {
  const parts = [
    ...(firewall === undefined ? [] : [`Firewall, ${counted(countRules(firewall, undefined))}`]),
    ...(nat === undefined ? [] : [`NAT, ${counted(countRules(undefined, nat))}`]),
  ];
  return parts.length === 0 ? null : parts.join('; ');
}

function counted(rules: number): string {
  return rules === 1 ? '1 rule' : `${rules} rules`;
}
