import type { ObservedTable } from '@vethlab/observed';
import { type FirewallChain, type FirewallChainName, firewallChainNames, openFirewall } from '@vethlab/topology';
import { noRules, OUR_TABLE, type Rules } from './rules.js';
import { familyOf } from './same-rules.js';
import { type Said, sayTable } from './say-table.js';

/** What the tables of a namespace do. */
export interface FoundRules {
  /** Our table in the words of a document; no rules when it is not there. */
  readonly ours: Said;
  /** Tables of others that a document can say and that fit together with ours. */
  readonly others: readonly ObservedTable[];
  /** Tables of others that stay as they are, with the reason. */
  readonly beyond: readonly { readonly table: ObservedTable; readonly whyNot: string }[];
  /** Ours and the others, as one. Null: ours says more than a document can. */
  readonly together: Rules | null;
}

const nothing: FoundRules = { ours: { rules: noRules }, others: [], beyond: [], together: noRules };

const remembered = new WeakMap<readonly ObservedTable[], FoundRules>();

/** Sorts the tables of a namespace. Remembered by the list, which a look that finds nothing new keeps. */
export function foundRules(tables: readonly ObservedTable[] | undefined): FoundRules {
  if (tables === undefined || tables.length === 0) return nothing;
  let found = remembered.get(tables);
  if (found === undefined) {
    found = sort(tables);
    remembered.set(tables, found);
  }
  return found;
}

export function isOurTable({ family, name }: ObservedTable): boolean {
  return family === 'inet' && name === OUR_TABLE;
}

function sort(tables: readonly ObservedTable[]): FoundRules {
  const mine = tables.find(isOurTable);
  const ours: Said = mine === undefined ? { rules: noRules } : sayTable(mine);
  const others: ObservedTable[] = [];
  const beyond: { table: ObservedTable; whyNot: string }[] = [];
  let together = 'rules' in ours ? ours.rules : null;
  for (const table of tables) {
    if (table === mine || isEmpty(table)) continue;
    const said = sayTable(table);
    if ('whyNot' in said) beyond.push({ table, whyNot: said.whyNot });
    else {
      const joined = together === null ? null : join(together, said.rules);
      if (joined !== null) together = joined;
      if (joined !== null) others.push(table);
      else
        beyond.push({
          table,
          whyNot: 'It and the rules of the lab judge the same packets one after the other; a lab has one list.',
        });
    }
  }
  return { ours, others, beyond, together };
}

/** iptables leaves tables without rules behind. */
function isEmpty({ chains }: ObservedTable): boolean {
  return chains.every(({ base, rules }) => rules.length === 0 && base?.policy !== 'drop');
}

/** Null: both judge the same packets, so one list would not mean the same. */
function join(a: Rules, b: Rules): Rules | null {
  const firewall = { ...openFirewall };
  for (const name of firewallChainNames) {
    const chain = joinChains(a.firewall[name], b.firewall[name]);
    if (chain === null) return null;
    firewall[name as FirewallChainName] = chain;
  }
  return {
    firewall,
    nat: {
      masquerade: [...a.nat.masquerade, ...b.nat.masquerade],
      source: [...a.nat.source, ...b.nat.source],
      forwards: [...a.nat.forwards, ...b.nat.forwards],
    },
  };
}

function joinChains(a: FirewallChain, b: FirewallChain): FirewallChain | null {
  if (isOpen(a)) return b;
  if (isOpen(b)) return a;
  const families = new Set([...a.rules, ...b.rules].map(familyOf));
  const isApart =
    a.policy === 'accept' &&
    b.policy === 'accept' &&
    !families.has(null) &&
    [...new Set(a.rules.map(familyOf))].every((family) => !b.rules.some((rule) => familyOf(rule) === family));
  return isApart ? { policy: 'accept', rules: [...a.rules, ...b.rules] } : null;
}

function isOpen({ policy, rules }: FirewallChain): boolean {
  return policy === 'accept' && rules.length === 0;
}
