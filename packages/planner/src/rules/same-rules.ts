import { type Firewall, type FirewallRule, firewallChainNames, type Nat } from '@vethlab/topology';
import type { Rules } from './rules.js';

/** Whether two sets of rules do the same with every packet, as far as that is seen rule by rule. */
export function sameRules(a: Rules, b: Rules): boolean {
  return a === b || textOf(a) === textOf(b);
}

const remembered = new WeakMap<Rules, string>();

function textOf(rules: Rules): string {
  let text = remembered.get(rules);
  if (text === undefined) {
    text = JSON.stringify([firewallText(rules.firewall), natText(rules.nat)]);
    remembered.set(rules, text);
  }
  return text;
}

function firewallText(firewall: Firewall): unknown {
  return firewallChainNames.map((name) => [firewall[name].policy, firewall[name].rules.map(ruleText)]);
}

function ruleText(rule: FirewallRule): unknown {
  const { from, to, protocol, port, state, action } = rule;
  return [rule.in, rule.out, familyOf(rule), from, to, protocol, port, state, action].map((value) => value ?? null);
}

function natText({ masquerade, source, forwards }: Nat): unknown {
  return [
    masquerade.map((rule) => [rule.out, familyOf(rule), rule.from ?? null]),
    source.map((rule) => [rule.out, rule.from ?? null, rule.to]),
    forwards.map((rule) => [rule.in ?? null, rule.protocol, rule.port, rule.to, rule.toPort ?? rule.port]),
  ];
}

/** The family that a rule says, or that an address or a protocol of it has. */
export function familyOf(rule: {
  readonly family?: 'ipv4' | 'ipv6';
  readonly from?: string;
  readonly to?: string;
  readonly protocol?: string;
}): 'ipv4' | 'ipv6' | null {
  if (rule.family !== undefined) return rule.family;
  const address = rule.from ?? rule.to;
  if (address !== undefined) return address.includes(':') ? 'ipv6' : 'ipv4';
  return rule.protocol === 'icmp' ? 'ipv4' : rule.protocol === 'icmpv6' ? 'ipv6' : null;
}
