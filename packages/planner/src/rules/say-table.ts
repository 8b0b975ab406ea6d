import type { ObservedChain, ObservedRule, ObservedTable } from '@vethlab/observed';
import {
  emptyNat,
  type FirewallChain,
  type FirewallRule,
  type IpFamily,
  type Masquerade,
  type Nat,
  openFirewall,
  type PortForward,
  parseIfname,
  parseIpAddress,
  parseNetwork,
  parseRuleIfname,
  type SourceNat,
} from '@vethlab/topology';
import type { Rules } from './rules.js';
import { familyOf } from './same-rules.js';

/** The rules of a table in the words of a document, or why it cannot be said: a sentence for people. */
export type Said = { readonly rules: Rules } | { readonly whyNot: string };

const remembered = new WeakMap<ObservedTable, Said>();

/**
 * What a table does, as a document would say it. Of a table for one family every rule is of that family, and so is its policy:
 * that becomes its last rule. Null is never guessed: a table that does more is not said at all.
 */
export function sayTable(table: ObservedTable): Said {
  let said = remembered.get(table);
  if (said === undefined) {
    said = say(table);
    remembered.set(table, said);
  }
  return said;
}

function say(table: ObservedTable): Said {
  const family = familyOfTable(table.family);
  if (family === 'other') return { whyNot: `A lab has no rules of the family ${table.family}.` };
  const firewall = { ...openFirewall };
  const nat: { -readonly [Key in keyof Nat]: Nat[Key] } = { ...emptyNat };
  const hooks = new Set<string>();
  for (const chain of table.chains) {
    if (chain.rules.length === 0 && chain.base?.policy !== 'drop') continue;
    const { base } = chain;
    if (base === null) return { whyNot: `The chain ${chain.name} hangs on no hook that a lab knows.` };
    const place = `${base.type} ${base.hook}`;
    if (hooks.has(place)) return { whyNot: `Two chains hang on the hook ${base.hook}; a lab has one.` };
    hooks.add(place);
    const beyond = chain.rules.indexOf(null);
    if (beyond >= 0) return { whyNot: `Rule ${beyond + 1} of the chain ${chain.name} does more than a lab can say.` };
    const rules = (chain.rules as readonly ObservedRule[]).map((rule) => withFamily(rule, family));
    if (!take(firewall, nat, base, rules, family)) {
      return { whyNot: `The chain ${chain.name} does what no chain of a lab does.` };
    }
  }
  return { rules: { firewall, nat } };
}

function familyOfTable(family: string): IpFamily | null | 'other' {
  if (family === 'inet') return null;
  return family === 'ip' ? 'ipv4' : family === 'ip6' ? 'ipv6' : 'other';
}

/** A family that an address or the protocol has is not said. */
function withFamily({ match, action }: ObservedRule, ofTable: IpFamily | null): ObservedRule {
  const { family = ofTable, ...rest } = match;
  const said = familyOf({ ...rest, ...('to' in action && rest.to === undefined ? { to: action.to } : {}) });
  return family === null || said === family ? { match: rest, action } : { match: { ...rest, family }, action };
}

function take(
  firewall: { -readonly [Key in keyof Rules['firewall']]: Rules['firewall'][Key] },
  nat: { -readonly [Key in keyof Nat]: Nat[Key] },
  base: NonNullable<ObservedChain['base']>,
  rules: readonly ObservedRule[],
  family: IpFamily | null,
): boolean {
  const { type, hook, policy } = base;
  if (type === 'filter') {
    if (hook !== 'input' && hook !== 'forward' && hook !== 'output') return false;
    const said = rules.map(filterRule);
    if (said.includes(null)) return false;
    firewall[hook] = chainOf(said as FirewallRule[], policy, family);
    return true;
  }
  if (policy !== 'accept') return false;
  if (hook === 'prerouting') {
    const forwards = rules.map(forwardOf);
    if (forwards.includes(null)) return false;
    nat.forwards = forwards as PortForward[];
    return true;
  }
  return hook === 'postrouting' && takeSources(nat, rules);
}

/** A lab asks for given addresses before it asks for those of interfaces. */
function takeSources(
  nat: { masquerade: Nat['masquerade']; source: Nat['source'] },
  rules: readonly ObservedRule[],
): boolean {
  const masquerade: Masquerade[] = [];
  const source: SourceNat[] = [];
  for (const rule of rules) {
    const out = ifnameOf(rule.match.out);
    const from = networkOf(rule.match.from);
    if (out == null || from === null || !hasOnly(rule, 'out', 'from', 'family')) return false;
    const common = { out, ...(from === undefined ? {} : { from }) };
    if (rule.action.kind === 'masquerade') {
      const { family } = rule.match;
      masquerade.push({ ...common, ...(family === undefined ? {} : { family }) });
    } else if (rule.action.kind === 'snat' && masquerade.length === 0) {
      const to = parseIpAddress(rule.action.to);
      if (!to.ok) return false;
      source.push({ ...common, to: to.value });
    } else return false;
  }
  nat.masquerade = masquerade;
  nat.source = source;
  return true;
}

function chainOf(rules: readonly FirewallRule[], policy: 'accept' | 'drop', family: IpFamily | null): FirewallChain {
  if (policy === 'accept' || family === null) return { policy, rules };
  return { policy: 'accept', rules: [...rules, { family, action: 'drop' }] };
}

function filterRule({ match, action }: ObservedRule): FirewallRule | null {
  if (action.kind !== 'accept' && action.kind !== 'drop' && action.kind !== 'reject') return null;
  const [into, out] = [ruleIfnameOf(match.in), ruleIfnameOf(match.out)];
  const [from, to] = [networkOf(match.from), networkOf(match.to)];
  if (into === null || out === null || from === null || to === null) return null;
  return {
    ...(into === undefined ? {} : { in: into }),
    ...(out === undefined ? {} : { out }),
    ...(match.family === undefined ? {} : { family: match.family }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(match.protocol === undefined ? {} : { protocol: match.protocol }),
    ...(match.port === undefined ? {} : { port: match.port }),
    ...(match.state === undefined ? {} : { state: match.state }),
    action: action.kind,
  };
}

function forwardOf(rule: ObservedRule): PortForward | null {
  const { match, action } = rule;
  const into = ifnameOf(match.in);
  if (action.kind !== 'dnat' || into === null || !hasOnly(rule, 'in', 'protocol', 'port')) return null;
  if ((match.protocol !== 'tcp' && match.protocol !== 'udp') || match.port === undefined) return null;
  const to = parseIpAddress(action.to);
  if (!to.ok) return null;
  return {
    ...(into === undefined ? {} : { in: into }),
    protocol: match.protocol,
    port: match.port,
    to: to.value,
    ...(action.port === undefined || action.port === match.port ? {} : { toPort: action.port }),
  };
}

function hasOnly({ match }: ObservedRule, ...keys: readonly (keyof ObservedRule['match'])[]): boolean {
  return (Object.keys(match) as (keyof ObservedRule['match'])[]).every((key) => keys.includes(key));
}

/** Undefined: none is named. Null: no lab can have one of this name. */
function ifnameOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const parsed = parseIfname(text);
  return parsed.ok ? parsed.value : null;
}

function ruleIfnameOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const parsed = parseRuleIfname(text);
  return parsed.ok ? parsed.value : null;
}

function networkOf(text: string | undefined) {
  if (text === undefined) return undefined;
  const parsed = parseNetwork(text);
  return parsed.ok ? parsed.value : null;
}
