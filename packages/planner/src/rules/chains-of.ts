import type { ObservedRule } from '@vethlab/observed';
import {
  type FirewallRule,
  firewallChainNames,
  type Masquerade,
  type PortForward,
  type SourceNat,
} from '@vethlab/topology';
import type { RulesChain } from '../plan.js';
import type { Rules } from './rules.js';

/** Priorities by the names that nft gives them (nft(8), "standard priority names"). */
export const FILTER_PRIORITY = 0;
export const DSTNAT_PRIORITY = -100;
export const SRCNAT_PRIORITY = 100;

/**
 * The chains of our table. A chain that would let everything pass is left out: it would only cost.
 * @param document what the rules were taken from: those that wait for an interface count in the numbers that people see
 */
export function chainsOf({ firewall, nat }: Rules, document: Rules = { firewall, nat }): readonly RulesChain[] {
  const chains = firewallChainNames.map((hook): RulesChain => {
    const { policy, rules } = firewall[hook];
    return {
      name: hook,
      base: { type: 'filter', hook, priority: FILTER_PRIORITY, policy },
      rules: rules.map(filterRule),
      names: rules.map((rule) => `rule ${document.firewall[hook].rules.indexOf(rule) + 1} of ${hook}`),
    };
  });
  const translation = { type: 'nat', policy: 'accept' } as const;
  chains.push(
    {
      name: 'prerouting',
      base: { ...translation, hook: 'prerouting', priority: DSTNAT_PRIORITY },
      rules: nat.forwards.map(forwardRule),
      names: nat.forwards.map(({ protocol, port }) => `the forward of ${protocol.toUpperCase()} port ${port}`),
    },
    {
      name: 'postrouting',
      base: { ...translation, hook: 'postrouting', priority: SRCNAT_PRIORITY },
      // One address that is given is more particular than whatever the interface has: it comes first.
      rules: [...nat.source.map(sourceRule), ...nat.masquerade.map(masqueradeRule)],
      names: [
        ...nat.source.map((rule) => `the source address ${rule.to} of ${leaving(rule)}`),
        ...nat.masquerade.map((rule) => `the masquerade of ${leaving(rule)}`),
      ],
    },
  );
  return chains.filter(({ base, rules }) => base.policy !== 'accept' || rules.length > 0);
}

function leaving({ out, from }: Masquerade | SourceNat): string {
  return `what leaves by ${out}${from === undefined ? '' : ` from ${from}`}`;
}

function filterRule({ action, ...match }: FirewallRule): ObservedRule {
  return { match, action: { kind: action } };
}

function masqueradeRule(match: Masquerade): ObservedRule {
  return { match, action: { kind: 'masquerade' } };
}

function sourceRule({ to, ...match }: SourceNat): ObservedRule {
  return { match, action: { kind: 'snat', to } };
}

function forwardRule({ to, toPort, ...match }: PortForward): ObservedRule {
  const port = toPort === undefined || toPort === match.port ? {} : { port: toPort };
  return { match, action: { kind: 'dnat', to, ...port } };
}
