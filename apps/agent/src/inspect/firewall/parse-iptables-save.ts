import type { FirewallRule, FirewallTable } from '@vethlab/protocol';
import { short } from '../bounded.js';

/** The text of `iptables-save -c` (iptables-save(8)), for reading. Lines that are not understood are left out. */
export function parseIptablesSave(text: string, source: FirewallTable['source']): readonly FirewallTable[] {
  const family = source.startsWith('ip6') ? 'ip6' : 'ip';
  const tables: { name: string; chains: Map<string, { policy: string | null; rules: FirewallRule[] }> }[] = [];
  for (const line of text.split('\n')) {
    const chains = tables.at(-1)?.chains;
    const chain = /^:(\S+) (\S+)/.exec(line);
    const rule = /^\[(\d+):(\d+)\] -A (\S+) ?(.*)$/.exec(line);
    if (line.startsWith('*')) tables.push({ name: short(line.slice(1)), chains: new Map() });
    else if (chain !== null) {
      const [, name = '', policy = '-'] = chain;
      chains?.set(name, { policy: policy === '-' ? null : policy.toLowerCase(), rules: [] });
    } else if (rule !== null) {
      const [, packets, bytes, name = '', words = ''] = rule;
      const rules = chains?.get(name)?.rules;
      rules?.push({
        key: String(rules.length),
        text: short(words),
        comment: null,
        packets: Number(packets),
        bytes: Number(bytes),
      });
    }
  }
  return tables.map(({ name, chains }) => ({
    source,
    family,
    name,
    sets: [],
    chains: [...chains].map(([chainName, { policy, rules }]) => ({
      name: short(chainName),
      // Chains with a policy are the ones that packets come to by themselves.
      hook: policy === null ? null : chainName.toLowerCase(),
      policy,
      rules,
    })),
  }));
}
