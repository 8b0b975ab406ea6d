/** Rules that a firewall of h1 (interface eth0, 10.0.0.1/24) refuses, in files and edits alike: title, chain, rule, code. */
export const badFirewallRules: readonly (readonly [string, string, unknown, string])[] = [
  ['a rule over a missing interface', 'input', { in: 'x', action: 'drop' }, 'firewall.interface-missing'],
  ['a way out of what is for the node', 'input', { out: 'eth0', action: 'drop' }, 'firewall.interface-side'],
  ['a way in of what the node sends', 'output', { in: 'eth0', action: 'drop' }, 'firewall.interface-side'],
  ['an interface by a bad name', 'input', { in: '$(id)', action: 'drop' }, 'name.syntax'],
  ['a rule with a wildcard', 'input', { in: 'eth+', action: 'drop' }, 'name.syntax'],
  ['port 0', 'input', { protocol: 'tcp', port: 0, action: 'drop' }, 'port.range'],
  ['port 65536', 'input', { protocol: 'tcp', port: 65_536, action: 'drop' }, 'port.range'],
  ['half a port', 'input', { protocol: 'tcp', port: 80.5, action: 'drop' }, 'port.range'],
  ['a port as text', 'input', { protocol: 'tcp', port: 'http', action: 'drop' }, 'shape.type'],
  ['a port without protocol', 'input', { port: 80, action: 'drop' }, 'firewall.port-protocol'],
  ['a port of ICMP', 'input', { protocol: 'icmp', port: 80, action: 'drop' }, 'firewall.port-protocol'],
  ['an unknown protocol', 'input', { protocol: 'ipx', action: 'drop' }, 'shape.value'],
  ['an unknown action', 'input', { action: 'log' }, 'shape.value'],
  ['a rule without action', 'input', { in: 'eth0' }, 'shape.missing-key'],
  ['an unknown state', 'input', { state: ['old'], action: 'drop' }, 'shape.value'],
  ['no state at all', 'input', { state: [], action: 'drop' }, 'firewall.state'],
  ['a network with host bits', 'input', { from: '10.1.0.1/24', action: 'drop' }, 'network.host-bits'],
  ['every address', 'input', { from: '0.0.0.0/0', action: 'drop' }, 'network.any'],
  ['every IPv6 address', 'forward', { to: '::/0', action: 'drop' }, 'network.any'],
  ['a short address', 'input', { from: '10.1/24', action: 'drop' }, 'address.short-form'],
  ['an octal address', 'input', { from: '010.0.0.1', action: 'drop' }, 'address.leading-zero'],
  ['a name for an address', 'input', { from: 'example.org', action: 'drop' }, 'address.syntax'],
  ['two families', 'forward', { from: '10.1.0.0/24', to: '2001:db8::1', action: 'drop' }, 'firewall.family'],
  ['ICMP of IPv6', 'input', { protocol: 'icmp', from: '2001:db8::1', action: 'drop' }, 'firewall.family'],
  [
    'a family that is not its address',
    'input',
    { family: 'ipv6', from: '10.0.0.1', action: 'drop' },
    'firewall.family',
  ],
  ['an unknown key of a rule', 'input', { dport: 80, action: 'drop' }, 'shape.unknown-key'],
  ['an unknown chain', 'prerouting', { action: 'drop' }, 'shape.unknown-key'],
];

/** NAT that h1 refuses: title, value, code. */
export const badNat: readonly (readonly [string, unknown, string])[] = [
  ['masquerade at a missing interface', { masquerade: [{ out: 'x' }] }, 'firewall.interface-missing'],
  ['masquerade at nothing', { masquerade: [{}] }, 'shape.missing-key'],
  ['masquerade of host bits', { masquerade: [{ out: 'eth0', from: '10.1.0.1/24' }] }, 'network.host-bits'],
  ['a source of another family', { source: [{ out: 'eth0', from: 'fd00::/64', to: '10.0.0.9' }] }, 'firewall.family'],
  ['a network as the new source', { source: [{ out: 'eth0', to: '10.0.0.0/24' }] }, 'address.prefix-unwanted'],
  ['a forward of port 0', { forwards: [{ protocol: 'tcp', port: 0, to: '10.0.0.9' }] }, 'port.range'],
  [
    'a forward to port 70000',
    { forwards: [{ protocol: 'tcp', port: 1, to: '10.0.0.9', toPort: 70_000 }] },
    'port.range',
  ],
  ['a forward of ICMP', { forwards: [{ protocol: 'icmp', port: 1, to: '10.0.0.9' }] }, 'shape.value'],
  ['a forward to nowhere', { forwards: [{ protocol: 'tcp', port: 80 }] }, 'shape.missing-key'],
  [
    'two forwards of one port',
    {
      forwards: [
        { protocol: 'tcp', port: 80, to: '10.0.0.9' },
        { protocol: 'tcp', port: 80, to: '10.0.0.8' },
      ],
    },
    'nat.forward-repeated',
  ],
];
