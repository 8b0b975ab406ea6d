import { countRules, type Firewall, type FirewallChain, type FirewallRule, type Nat } from './firewall.js';

/** The part of a node that names its interfaces in firewall and NAT. */
interface WithRules {
  readonly firewall?: Firewall;
  readonly nat?: Nat;
}

/** The same with interfaces under other names; the same object when none is named. */
export function withRenamedRules<Record extends WithRules>(record: Record, rename: (ifname: string) => string): Record {
  return withMappedRules(record, (rule) => {
    const [into, out] = [rule.in, rule.out].map((name) => (name === undefined ? undefined : rename(name)));
    if (into === rule.in && out === rule.out) return rule;
    return { ...rule, ...(into === undefined ? {} : { in: into }), ...(out === undefined ? {} : { out }) };
  });
}

/** The same without the rules that name an interface that is gone; how many went. */
export function withoutRulesOf<Record extends WithRules>(
  record: Record,
  isGone: (ifname: string) => boolean,
): { readonly record: Record; readonly removed: number } {
  const names = (ifname: string | undefined) => ifname !== undefined && ifname !== 'lo' && isGone(ifname);
  const kept = withMappedRules(record, (rule) => (names(rule.in) || names(rule.out) ? null : rule));
  const removed = countRules(record.firewall, record.nat) - countRules(kept.firewall, kept.nat);
  return { record: kept, removed };
}

type AnyRule = { readonly in?: string; readonly out?: string };

function withMappedRules<Record extends WithRules>(record: Record, map: (rule: AnyRule) => AnyRule | null): Record {
  const firewall = record.firewall === undefined ? undefined : mapFirewall(record.firewall, map);
  const nat = record.nat === undefined ? undefined : mapNat(record.nat, map);
  if (firewall === record.firewall && nat === record.nat) return record;
  return { ...record, ...(firewall === undefined ? {} : { firewall }), ...(nat === undefined ? {} : { nat }) };
}

function mapFirewall(firewall: Firewall, map: (rule: AnyRule) => AnyRule | null): Firewall {
  const chain = (before: FirewallChain): FirewallChain => {
    const rules = mapList<FirewallRule>(before.rules, map);
    return rules === before.rules ? before : { ...before, rules };
  };
  const mapped = { input: chain(firewall.input), forward: chain(firewall.forward), output: chain(firewall.output) };
  const isSame =
    mapped.input === firewall.input && mapped.forward === firewall.forward && mapped.output === firewall.output;
  return isSame ? firewall : mapped;
}

function mapNat(nat: Nat, map: (rule: AnyRule) => AnyRule | null): Nat {
  const mapped = {
    masquerade: mapList(nat.masquerade, map),
    source: mapList(nat.source, map),
    forwards: mapList(nat.forwards, map),
  };
  const isSame =
    mapped.masquerade === nat.masquerade && mapped.source === nat.source && mapped.forwards === nat.forwards;
  return isSame ? nat : mapped;
}

/** The same list when every rule stayed as it was. */
function mapList<Rule extends AnyRule>(
  rules: readonly Rule[],
  map: (rule: AnyRule) => AnyRule | null,
): readonly Rule[] {
  const mapped = rules.map(map);
  if (mapped.every((rule, index) => rule === rules[index])) return rules;
  return mapped.filter((rule) => rule !== null) as readonly AnyRule[] as readonly Rule[];
}

/** The interfaces that rules name, other than the loopback. */
export function ifnamesInRules(record: WithRules): ReadonlySet<string> {
  const names = new Set<string>();
  withMappedRules(record, (rule) => {
    for (const name of [rule.in, rule.out]) if (name !== undefined && name !== 'lo') names.add(name);
    return rule;
  });
  return names;
}
