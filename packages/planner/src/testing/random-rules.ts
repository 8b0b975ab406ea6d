import {
  type Firewall,
  type FirewallRule,
  type Ifname,
  type IpAddress,
  ifnamesInRules,
  type Nat,
  type Network,
  type Node,
  openFirewall,
} from '@vethlab/topology';

/** The node with other rules, or with none. */
export function withRandomRules(
  node: Node,
  what: 'firewall' | 'nat',
  ifname: string | undefined,
  b: number,
  c: number,
): Node {
  const { [what]: _, ...rest } = node;
  if (c === 7) return rest;
  return what === 'firewall'
    ? { ...rest, firewall: firewallOf(ifname as Ifname | undefined, b, c) }
    : { ...rest, nat: natOf(ifname as Ifname | undefined, b, c) };
}

/** A switch has none, and rules go with the interface that they name. */
export function withoutRules(node: Node): Node {
  const isSound =
    node.kind !== 'switch' && [...ifnamesInRules(node)].every((name) => Object.hasOwn(node.interfaces, name));
  if (isSound) return node;
  const { firewall: _, nat: __, ...rest } = node;
  return rest;
}

function firewallOf(ifname: Ifname | undefined, b: number, c: number): Firewall {
  const rules: FirewallRule[] = [
    { state: ['established', 'related'], action: 'accept' },
    { in: ifname ?? 'lo', protocol: 'tcp', port: 80 + b, action: 'accept' },
    { from: '10.1.0.0/24' as Network, protocol: 'icmp', action: 'drop' },
    { to: '2001:db8::/33' as Network, action: 'reject' },
    { family: 'ipv6', action: 'drop' },
  ];
  const some = rules.filter((_rule, index) => ((b * 5 + c) >> index) & 1);
  return {
    ...openFirewall,
    input: { policy: b % 2 === 0 ? 'accept' : 'drop', rules: some },
    ...(c > 3 ? { output: { policy: 'accept', rules: [{ action: 'accept' }] } } : {}),
  };
}

function natOf(ifname: Ifname | undefined, b: number, c: number): Nat {
  if (ifname === undefined) return { masquerade: [], source: [], forwards: [] };
  return {
    masquerade: b % 2 === 0 ? [{ out: ifname }, { out: ifname, family: 'ipv6' }] : [],
    source: c % 3 === 0 ? [{ out: ifname, from: '10.1.0.2' as Network, to: '203.0.113.5' as IpAddress }] : [],
    forwards: c % 2 === 0 ? [{ protocol: 'tcp', port: 8080, to: '10.1.0.2' as IpAddress, toPort: 80 }] : [],
  };
}
