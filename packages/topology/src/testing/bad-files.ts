import { badDevices, badVrfs } from './bad-devices.js';
import { badFirewallRules, badNat } from './bad-firewall.js';
import { badImpairments, badPortVlans } from './bad-impairments.js';

/** What is put into the file of `badFile`. */
export interface FileParts {
  /** The value of the key h1.interfaces.eth0. */
  readonly iface?: string;
  /** Lines below h1. */
  readonly host?: string;
  /** Lines below `nodes`, or behind it. */
  readonly rest?: string;
}

/** A file with h1 (host), r1 (router), sw1 (switch) and what is put into it; without anything it is in order. */
export function badFile(parts: FileParts): string {
  return `vethlab: 1
name: Bad
nodes:
  h1:
    kind: host
    interfaces:
      eth0: ${parts.iface ?? '{ addresses: [10.0.0.1/24] }'}
${parts.host ?? ''}
  r1: { kind: router, interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
  sw1: { kind: switch, interfaces: { p1: {} } }
${parts.rest ?? ''}
`;
}

/** What files refuse beyond single values: title, parts, code. */
export const badFileParts: readonly (readonly [string, FileParts, string])[] = [
  ['an MTU below 1280 with IPv6', { iface: '{ addresses: [fd00::1/64], mtu: 1279 }' }, 'mtu.ipv6'],
  ['a gateway on no subnet', { host: '    routes: [{ to: default, via: 10.9.0.1 }]' }, 'route.gateway-unreachable'],
  ['a gateway that is the node', { host: '    routes: [{ to: default, via: 10.0.0.1 }]' }, 'route.gateway-own'],
  ['a default route without gateway', { host: '    routes: [{ to: default, dev: eth0 }]' }, 'route.default-gateway'],
  ['a route to nowhere', { host: '    routes: [{ to: 10.1.0.0/16 }]' }, 'route.incomplete'],
  ['a route with host bits', { host: '    routes: [{ to: 10.1.0.1/16, via: 10.0.0.254 }]' }, 'route.host-bits'],
  ['a route of two families', { host: '    routes: [{ to: "fd00::/64", via: 10.0.0.254 }]' }, 'route.family'],
  ['a route over a missing interface', { host: '    routes: [{ to: 10.1.0.0/16, dev: x }]' }, 'route.dev-missing'],
  [
    'a link-local gateway without interface',
    { host: '    routes: [{ to: default, via: "fe80::1" }]' },
    'address.link-local',
  ],
  ['a command without arguments', { host: '    commands: { web: { run: [] } }' }, 'command.empty'],
  ['a command without program', { host: '    commands: { web: { run: ["", x] } }' }, 'command.empty'],
  ['a command without run', { host: '    commands: { web: {} }' }, 'shape.missing-key'],
  ['a command as a shell line', { host: '    commands: { web: { run: "python3 -m http.server" } }' }, 'shape.type'],
  ['a number as an argument', { host: '    commands: { web: { run: [sleep, 1] } }' }, 'shape.type'],
  [
    '65 arguments',
    { host: `    commands: { web: { run: [${Array.from({ length: 65 }, () => 'x').join(', ')}] } }` },
    'limit.items',
  ],
  [
    '33 commands in a node',
    {
      host: `    commands: { ${Array.from({ length: 33 }, (_, index) => `c${index}: { run: [x] }`).join(', ')} }`,
    },
    'limit.items',
  ],
  ['an unknown start', { host: '    commands: { web: { run: [x], start: later } }' }, 'shape.value'],
  ['an unknown restart', { host: '    commands: { web: { run: [x], restart: sometimes } }' }, 'shape.value'],
  ['an unknown key of a command', { host: '    commands: { web: { run: [x], shell: true } }' }, 'shape.unknown-key'],
  ['a command in a missing VRF', { host: '    commands: { web: { run: [x], vrf: red } }' }, 'command.vrf-missing'],
  [
    'a command in a VRF of another node',
    {
      host: '    commands: { web: { run: [x], vrf: red } }',
      rest: '  r2: { kind: router, vrfs: { red: { table: 100 } } }',
    },
    'command.vrf-missing',
  ],
  ['a command in an interface', { host: '    commands: { web: { run: [x], vrf: eth0 } }' }, 'command.vrf-missing'],
  ['a command in two VRFs', { host: '    commands: { web: { run: [x], vrf: [red, blue] } }' }, 'shape.type'],
  ['a command in a VRF of no name', { host: '    commands: { web: { run: [x], vrf: "a b" } }' }, 'name.syntax'],
  ['a firewall on a switch', { rest: '  sw2: { kind: switch, firewall: {} }' }, 'firewall.on-switch'],
  ['NAT on a switch', { rest: '  sw2: { kind: switch, nat: {} }' }, 'firewall.on-switch'],
  ...badFirewallRules.map(([title, chain, rule, code]) => {
    const firewall = { [chain]: { rules: [rule] } };
    return [title, { host: `    firewall: ${JSON.stringify(firewall)}` }, code] as const;
  }),
  ...badNat.map(([title, nat, code]) => [title, { host: `    nat: ${JSON.stringify(nat)}` }, code] as const),
  ...badImpairments.map(([title, text, _edit, code]) => [title, { iface: `{ impairment: ${text} }` }, code] as const),
  ...badPortVlans.map(([title, vlan, code]) => {
    return [
      title,
      { rest: `  sw2: { kind: switch, interfaces: { p: { vlan: ${JSON.stringify(vlan)} } } }` },
      code,
    ] as const;
  }),
  ['a VLAN on a host', { iface: '{ vlan: { access: 10 } }' }, 'vlan.not-a-port'],
  ['spanning tree on a host', { host: '    stp: true' }, 'switch.stp-elsewhere'],
  ['spanning tree as text', { rest: '  sw2: { kind: switch, stp: "yes" }' }, 'shape.type'],
  ...badDevices.map(([title, interfaces, code]) => {
    const lines = Object.entries(interfaces).map(([name, value]) => `      ${name}: ${JSON.stringify(value)}`);
    return [title, { host: lines.join('\n') }, code] as const;
  }),
  ...badVrfs.map(([title, vrfs, code]) => [title, { host: `    vrfs: ${JSON.stringify(vrfs)}` }, code] as const),
  [
    'a device on a switch',
    { rest: '  sw2: { kind: switch, interfaces: { d: { device: { kind: dummy } } } }' },
    'device.on-switch',
  ],
  ['a VRF on a switch', { rest: '  sw2: { kind: switch, vrfs: { red: { table: 100 } } }' }, 'vrf.on-switch'],
  [
    'a link to a device',
    { iface: '{ device: { kind: dummy } }', rest: 'links: [{ endpoints: ["h1:eth0", "r1:eth0"] }]' },
    'device.wired',
  ],
  ['a probe in a missing VRF', { rest: 'probes: [{ from: h1, vrf: red, to: 10.0.0.1 }]' }, 'probe.vrf-missing'],
  [
    'a probe that expects something else',
    { rest: 'probes: [{ from: h1, to: 10.0.0.1, expect: maybe }]' },
    'shape.value',
  ],
  ['a link to itself', { rest: 'links: [{ endpoints: ["h1:eth0", "h1:eth0"] }]' }, 'link.self'],
  [
    'an interface in two links',
    { rest: 'links: [{ endpoints: ["h1:eth0", "r1:eth0"] }, { endpoints: ["sw1:p1", "h1:eth0"] }]' },
    'link.interface-taken',
  ],
  ['a link to a missing node', { rest: 'links: [{ endpoints: ["h1:eth0", "x:eth0"] }]' }, 'link.node-missing'],
  ['a link to a missing interface', { rest: 'links: [{ endpoints: ["h1:eth0", "r1:x"] }]' }, 'link.interface-missing'],
  ['an endpoint without colon', { rest: 'links: [{ endpoints: [h1, "r1:eth0"] }]' }, 'link.endpoint-syntax'],
  [
    'an address on a switch',
    { rest: '  sw2: { kind: switch, interfaces: { p: { addresses: [10.0.0.9/24] } } }' },
    'address.on-switch',
  ],
  ['br0 as a port', { rest: '  sw2: { kind: switch, interfaces: { br0: {} } }' }, 'name.reserved'],
  ['a route on a switch', { rest: '  sw2: { kind: switch, routes: [{ to: 10.0.0.0/8, dev: p }] }' }, 'route.on-switch'],
  ['a probe from a missing node', { rest: 'probes: [{ from: x, to: 10.0.0.1 }]' }, 'probe.node-missing'],
  ['a probe from a switch', { rest: 'probes: [{ from: sw1, to: 10.0.0.1 }]' }, 'probe.from-switch'],
  ['a probe with prefix length', { rest: 'probes: [{ from: h1, to: 10.0.0.1/24 }]' }, 'address.prefix-unwanted'],
  ['an unknown kind', { rest: '  x: { kind: hots }' }, 'shape.value'],
  ['a missing kind', { rest: '  x: {}' }, 'shape.missing-key'],
  ['an unknown key', { iface: '{ adresses: [] }' }, 'shape.unknown-key'],
  ['a wrong type', { iface: '{ mtu: big }' }, 'shape.type'],
  ['1e999', { iface: '{ mtu: 1e999 }' }, 'shape.type'],
  ['a position at infinity', { rest: 'canvas: { nodes: { h1: { x: .inf, y: 0 } } }' }, 'shape.type'],
  ['two nodes of one name', { rest: '  h1: { kind: host }' }, 'file.duplicate-key'],
  ['two interfaces of one name', { host: '      eth0: {}' }, 'file.duplicate-key'],
  ['an anchor', { rest: '  x: &x { kind: host }' }, 'file.alias'],
  ['a tag', { rest: '  x: !!map { kind: host }' }, 'file.alias'],
  ['a tab', { rest: '\tx: { kind: host }' }, 'file.tab'],
];
