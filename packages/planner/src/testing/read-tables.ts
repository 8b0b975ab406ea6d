import type { ObservedChain, ObservedRule, ObservedTable } from '@vethlab/observed';

// biome-ignore lint/suspicious/noExplicitAny: what nft prints has no types; a test reads what the lines of a lab make.
type Theirs = any;

const states = ['new', 'established', 'related', 'invalid', 'untracked'] as const;

/** The answer of `nft -j list ruleset`, as a reader that shares nothing with the one that Vethlab uses. */
export function readTables(json: string): ObservedTable[] {
  const items = json.trim() === '' ? [] : (JSON.parse(json).nftables as Theirs[]);
  const tables = new Map<string, { family: string; name: string; chains: Map<string, ObservedChain> }>();
  for (const { table, chain, rule } of items) {
    if (table !== undefined) tables.set(key(table.family, table.name), { ...named(table), chains: new Map() });
    if (chain !== undefined) tables.get(key(chain.family, chain.table))?.chains.set(chain.name, chainOf(chain));
    if (rule === undefined) continue;
    const chains = tables.get(key(rule.family, rule.table))?.chains;
    const known = chains?.get(rule.chain);
    if (known !== undefined) chains?.set(rule.chain, { ...known, rules: [...known.rules, ruleOf(rule.expr)] });
  }
  return [...tables.values()].map(({ family, name, chains }) => ({ family, name, chains: [...chains.values()] }));
}

function named({ family, name }: Theirs): { family: string; name: string } {
  return { family, name };
}

function key(family: string, name: string): string {
  return `${family} ${name}`;
}

function chainOf({ name, type, hook, prio, policy }: Theirs): ObservedChain {
  return { name, base: hook === undefined ? null : { type, hook, priority: prio, policy }, rules: [] };
}

function ruleOf(expressions: readonly Theirs[]): ObservedRule | null {
  const match: Record<string, unknown> = {};
  let action: ObservedRule['action'] | null = null;
  for (const one of expressions) {
    if (one.match !== undefined) Object.assign(match, matchOf(one.match.left, one.match.right));
    else if ('accept' in one) action = { kind: 'accept' };
    else if ('drop' in one) action = { kind: 'drop' };
    else if ('reject' in one) action = { kind: 'reject' };
    else if ('masquerade' in one) action = { kind: 'masquerade' };
    else if ('snat' in one) action = { kind: 'snat', to: one.snat.addr };
    else if ('dnat' in one)
      action = { kind: 'dnat', to: one.dnat.addr, ...(one.dnat.port === undefined ? {} : { port: one.dnat.port }) };
    else if (!('counter' in one)) return null;
  }
  return action === null ? null : { match, action };
}

function matchOf(left: Theirs, right: Theirs): Record<string, unknown> {
  const metas: Record<string, string> = { iifname: 'in', oifname: 'out', nfproto: 'family', l4proto: 'protocol' };
  if (left.meta !== undefined) {
    const name = metas[left.meta.key];
    return name === undefined ? { beyond: left } : { [name]: right === 'ipv6-icmp' ? 'icmpv6' : right };
  }
  if (left.ct !== undefined) {
    const found: string[] = Array.isArray(right) ? right : [right];
    return { state: states.filter((state) => found.includes(state)) };
  }
  const { protocol, field } = left.payload;
  if (field === 'dport') return { protocol, port: right };
  const network = typeof right === 'string' ? right : `${right.prefix.addr}/${right.prefix.len}`;
  return { [field === 'saddr' ? 'from' : 'to']: network };
}
