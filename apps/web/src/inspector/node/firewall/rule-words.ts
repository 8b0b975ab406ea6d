import type { ConnectionState, FirewallChainName, FirewallRule } from '@vethlab/topology';

/** Chains in the words of people who have not met netfilter. */
export const chainWords: Readonly<Record<FirewallChainName, { readonly title: string; readonly what: string }>> = {
  input: { title: 'To this node', what: 'Packets whose destination is the node itself (input).' },
  forward: { title: 'Through this node', what: 'Packets that it passes on from one interface to another (forward).' },
  output: { title: 'From this node', what: 'Packets that the node itself sends (output).' },
};

const actions = { accept: 'Accept', drop: 'Drop', reject: 'Reject' } as const;

const protocols = { tcp: 'TCP', udp: 'UDP', icmp: 'ICMP', icmpv6: 'ICMPv6' } as const;

const states: Readonly<Record<ConnectionState, string>> = {
  new: 'new connections',
  established: 'established',
  related: 'related',
  invalid: 'invalid',
  untracked: 'untracked',
};

/** A rule as a sentence: `Accept · TCP port 80 · from 10.1.0.0/24 · in eth1 → out eth0`. */
export function ruleWords(rule: FirewallRule): string {
  const { action, family, protocol, port, from, to, state } = rule;
  const way =
    rule.in !== undefined && rule.out !== undefined
      ? `in ${rule.in} → out ${rule.out}`
      : rule.in !== undefined
        ? `in ${rule.in}`
        : rule.out !== undefined
          ? `out ${rule.out}`
          : '';
  const parts = [
    state === undefined ? '' : stateWords(state),
    family === undefined ? '' : family === 'ipv4' ? 'IPv4' : 'IPv6',
    protocol === undefined ? '' : `${protocols[protocol]}${port === undefined ? '' : ` port ${port}`}`,
    from === undefined ? '' : `from ${from}`,
    to === undefined ? '' : `to ${to}`,
    way,
  ].filter((part) => part !== '');
  return [actions[action], ...(parts.length === 0 ? ['everything'] : parts)].join(' · ');
}

function stateWords(list: readonly ConnectionState[]): string {
  const words = list.map((state) => states[state]).join(', ');
  return list.every((state) => state === 'established' || state === 'related') ? `replies (${words})` : words;
}
