import type { FirewallChainName, FirewallRule } from '@vethlab/topology';

export interface Preset {
  readonly label: string;
  readonly rules: readonly FirewallRule[];
  readonly chains: readonly FirewallChainName[];
  /** It has to be asked before anything else. */
  readonly first?: true;
}

const everywhere = ['input', 'forward', 'output'] as const;

/** What most firewalls begin with. */
export const presets: readonly Preset[] = [
  {
    label: 'Allow replies (established, related)',
    rules: [{ state: ['established', 'related'], action: 'accept' }],
    chains: everywhere,
    first: true,
  },
  { label: 'Allow the loopback', rules: [{ in: 'lo', action: 'accept' }], chains: ['input'], first: true },
  {
    label: 'Allow ping (ICMP and ICMPv6)',
    rules: [
      { protocol: 'icmp', action: 'accept' },
      { protocol: 'icmpv6', action: 'accept' },
    ],
    chains: everywhere,
  },
  {
    label: 'Allow web (TCP 80, 443)',
    rules: [
      { protocol: 'tcp', port: 80, action: 'accept' },
      { protocol: 'tcp', port: 443, action: 'accept' },
    ],
    chains: everywhere,
  },
  { label: 'Allow SSH (TCP 22)', rules: [{ protocol: 'tcp', port: 22, action: 'accept' }], chains: everywhere },
  { label: 'Drop what is invalid', rules: [{ state: ['invalid'], action: 'drop' }], chains: everywhere, first: true },
];

/** The rules with those of a preset, in the place where they do what their name says. */
export function withPreset(rules: readonly FirewallRule[], { rules: added, first }: Preset): readonly FirewallRule[] {
  const known = new Set(rules.map((rule) => JSON.stringify(rule)));
  const fresh = added.filter((rule) => !known.has(JSON.stringify(rule)));
  return first === true ? [...fresh, ...rules] : [...rules, ...fresh];
}
