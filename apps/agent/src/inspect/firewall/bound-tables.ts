import { type FirewallChain, type FirewallTable, type LiveFirewall, liveRowsMax } from '@vethlab/protocol';

/** Tables with `liveRowsMax` rules in all at most. Chains that are left empty by that stay, so that their names are seen. */
export function boundTables(tables: readonly FirewallTable[], problem: LiveFirewall['problem']): LiveFirewall {
  let left = liveRowsMax;
  let total = 0;
  const take = (chain: FirewallChain): FirewallChain => {
    total += chain.rules.length;
    const rules = chain.rules.slice(0, left);
    left -= rules.length;
    return rules.length === chain.rules.length ? chain : { ...chain, rules };
  };
  const bounded = tables.slice(0, liveRowsMax).map((table) => ({
    ...table,
    chains: table.chains.slice(0, liveRowsMax).map(take),
    sets: table.sets.slice(0, liveRowsMax),
  }));
  return { tables: bounded, total, problem };
}
