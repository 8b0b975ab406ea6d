import type { ObservedRule } from '@vethlab/observed';
import type { RulesChain } from '../plan.js';
import { FILTER_PRIORITY } from '../rules/chains-of.js';
import { chain } from './chain.js';

/** What was turned on for ways out, and would let more through than they need. */
export interface TurnedOn {
  /** Interfaces of the machine's ends of the pairs. */
  readonly ways: readonly string[];
  /** Interfaces that forward IPv4 because of us. */
  readonly ipv4: readonly string[];
  /** The same for IPv6; `all-but`: all of them, but for those that did before. */
  readonly ipv6: readonly string[] | { readonly allBut: readonly string[] };
}

/**
 * A switch of forwarding is one of the interface where packets arrive, so whoever sends to the machine from its network could pass to its other networks as well.
 * What arrives by an interface that forwards because of us goes to a way out, or nowhere, as before. Ways out themselves have their own table (`machineChains`).
 */
export function lanChains({ ways, ipv4, ipv6 }: TurnedOn): readonly RulesChain[] {
  const accept = { kind: 'accept' } as const;
  const drop = { kind: 'drop' } as const;
  const dropped: ObservedRule[] = ipv4.map((ifname) => ({ match: { in: ifname, family: 'ipv4' }, action: drop }));
  if ('allBut' in ipv6) {
    dropped.push(
      ...ipv6.allBut.map((ifname): ObservedRule => ({ match: { in: ifname, family: 'ipv6' }, action: accept })),
    );
    dropped.push({ match: { family: 'ipv6' }, action: drop });
  } else dropped.push(...ipv6.map((ifname): ObservedRule => ({ match: { in: ifname, family: 'ipv6' }, action: drop })));
  if (dropped.length === 0) return [];
  const passing = ways.flatMap((ifname): ObservedRule[] => [
    { match: { out: ifname }, action: accept },
    { match: { in: ifname }, action: accept },
  ]);
  return [
    chain('from-networks', { type: 'filter', hook: 'forward', priority: FILTER_PRIORITY }, [...passing, ...dropped]),
  ];
}
