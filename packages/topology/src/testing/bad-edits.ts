import { badDevices, badVrfs } from './bad-devices.js';
import { badFirewallRules, badNat } from './bad-firewall.js';
import { badImpairments, badPortVlans } from './bad-impairments.js';

/** The lab that `badEdits` are made to: h1 and r1 with a link, and a switch. */
export const badEditLab = `vethlab: 1
name: Bad
nodes:
  h1: { kind: host, interfaces: { eth0: { addresses: [10.0.0.1/24] }, eth1: {} } }
  r1: { kind: router, interfaces: { eth0: { addresses: [10.0.0.254/24] } } }
  sw1: { kind: switch, interfaces: { p1: {} } }
links:
  - endpoints: ["h1:eth0", "r1:eth0"]
`;

const node = 'h1';
const ifname = 'eth0';
const link = 'h1:eth0--r1:eth0';
const six = { type: 'set-addresses', node, ifname, addresses: ['fd00::1/64'] };
const port = { node: 'sw1', ifname: 'p1' };

/** Edits, as they arrive over the wire, that are refused beyond single values: title, edit, code. */
export const badEdits: readonly (readonly [string, unknown, string])[] = [
  [
    'an MTU below 1280 with IPv6',
    { type: 'batch', edits: [six, { type: 'set-interface', node, ifname, mtu: 1279 }] },
    'mtu.ipv6',
  ],
  ['the same of its link', { type: 'batch', edits: [six, { type: 'set-link', link, mtu: 1279 }] }, 'mtu.ipv6'],
  [
    'a gateway on no subnet',
    { type: 'set-routes', node, routes: [{ to: 'default', via: '10.9.0.1' }] },
    'route.gateway-unreachable',
  ],
  ['an address on a switch', { type: 'set-addresses', ...port, addresses: ['10.0.0.9/24'] }, 'address.on-switch'],
  ['br0 as a port', { type: 'rename-interface', ...port, to: 'br0' }, 'name.reserved'],
  [
    'a route on a switch',
    { type: 'set-routes', node: 'sw1', routes: [{ to: '10.0.0.0/8', dev: 'p1' }] },
    'route.on-switch',
  ],
  [
    'an address that is there twice',
    { type: 'set-addresses', node, ifname, addresses: ['10.0.0.1/24', '10.0.0.1/16'] },
    'address.repeated',
  ],
  ['a link to itself', { type: 'connect', from: { node, ifname: 'eth1' }, to: { node, ifname: 'eth1' } }, 'link.self'],
  [
    'an interface in two links',
    { type: 'connect', from: { node, ifname }, to: { node: 'sw1' } },
    'link.interface-taken',
  ],
  ['a link to a missing node', { type: 'connect', from: { node }, to: { node: 'x' } }, 'edit.node-missing'],
  ['a name in use', { type: 'rename-node', node, to: 'r1' }, 'name.taken'],
  ['an interface name in use', { type: 'rename-interface', node, ifname, to: 'eth1' }, 'name.taken'],
  ['a missing interface', { type: 'set-interface', node, ifname: 'x', up: false }, 'edit.interface-missing'],
  ['a missing link', { type: 'disconnect', link: 'a:b--c:d' }, 'edit.link-missing'],
  ['a missing probe', { type: 'remove-probe', probe: 'h1>10.0.0.9' }, 'edit.probe-missing'],
  ['a probe from a switch', { type: 'add-probe', from: 'sw1', to: '10.0.0.1' }, 'probe.from-switch'],
  ['an interval', { type: 'add-probe', from: node, to: '10.0.0.254', intervalMs: 1 }, 'probe.interval'],
  ['a port of the machine out of range', { type: 'set-outside', node, hostPorts: [65_536] }, 'port.range'],
  ['a way out of a host', { type: 'set-outside', node, hostPorts: [8080] }, 'outside.kind'],
  ['a subnet of a way out for IPv6', { type: 'set-outside', node, subnet: 'fd00::/64' }, 'outside.subnet'],
  [
    'a subnet of a way out with the loopback in it',
    { type: 'set-outside', node, subnet: '96.0.0.0/3' },
    'outside.subnet',
  ],
  ['a subnet of a way out that is this network', { type: 'set-outside', node, subnet: '0.0.0.0/8' }, 'outside.subnet'],
  ['a subnet of a way out of no hosts', { type: 'set-outside', node, subnet: '240.0.0.0/24' }, 'outside.subnet'],
  ['a subnet of a way out without room', { type: 'set-outside', node, subnet: '10.9.0.0/30' }, 'outside.subnet'],
  ['a subnet of a way out with host bits', { type: 'set-outside', node, subnet: '10.9.0.1/24' }, 'route.host-bits'],
  ['port 0 published', { type: 'set-publish', node, publish: [{ port: 0, at: 8080 }] }, 'port.range'],
  [
    'a switch that publishes',
    { type: 'set-publish', node: 'sw1', publish: [{ port: 80, at: 8080 }] },
    'publish.on-switch',
  ],
  [
    'one port of the machine for two nodes',
    {
      type: 'batch',
      edits: [
        { type: 'set-publish', node, publish: [{ port: 80, at: 8080 }] },
        { type: 'set-publish', node: 'r1', publish: [{ port: 80, at: 8080 }] },
      ],
    },
    'publish.taken',
  ],
  ['a missing command', { type: 'remove-command', node, name: 'web' }, 'edit.command-missing'],
  ['a command of a missing node', { type: 'add-command', node: 'x', run: ['true'] }, 'edit.node-missing'],
  ['a command without arguments', { type: 'add-command', node, run: [] }, 'command.empty'],
  ['a command without program', { type: 'add-command', node, run: ['', 'x'] }, 'command.empty'],
  ['a command as a shell line', { type: 'add-command', node, run: 'true' }, 'shape.type'],
  ['65 arguments', { type: 'add-command', node, run: Array.from({ length: 65 }, () => 'x') }, 'limit.items'],
  [
    'a command name in use',
    {
      type: 'batch',
      edits: [
        { type: 'add-command', node, name: 'web', run: ['true'] },
        { type: 'add-command', node, name: 'web', run: ['false'] },
      ],
    },
    'name.taken',
  ],
  [
    '33 commands in a node',
    { type: 'batch', edits: Array.from({ length: 33 }, () => ({ type: 'add-command', node, run: ['true'] })) },
    'limit.items',
  ],
  ['a command in a missing VRF', { type: 'add-command', node, run: ['true'], vrf: 'red' }, 'command.vrf-missing'],
  [
    'a command that is put into a missing VRF',
    {
      type: 'batch',
      edits: [
        { type: 'add-command', node, name: 'web', run: ['true'] },
        { type: 'set-command', node, name: 'web', vrf: 'red' },
      ],
    },
    'command.vrf-missing',
  ],
  ['a command in a VRF of no name', { type: 'add-command', node, run: ['true'], vrf: 'a b' }, 'name.syntax'],
  ['a firewall of a missing node', { type: 'set-firewall', node: 'x', firewall: {} }, 'edit.node-missing'],
  ['a firewall of a switch', { type: 'set-firewall', node: 'sw1', firewall: {} }, 'firewall.on-switch'],
  ['NAT of a switch', { type: 'set-nat', node: 'sw1', nat: {} }, 'firewall.on-switch'],
  ...badFirewallRules.map(([title, chain, rule, code]) => {
    const firewall = { [chain]: { rules: [rule] } };
    return [title, { type: 'set-firewall', node, firewall }, code] as const;
  }),
  ...badNat.map(([title, nat, code]) => [title, { type: 'set-nat', node, nat }, code] as const),
  ...badImpairments.map(([title, _text, impairment, code]) => {
    return [title, { type: 'set-impairment', node, ifname, impairment }, code] as const;
  }),
  [
    'an impairment of a missing interface',
    { type: 'set-impairment', node, ifname: 'x', impairment: null },
    'edit.interface-missing',
  ],
  ...badPortVlans.map(([title, vlan, code]) => [title, { type: 'set-port-vlan', ...port, vlan }, code] as const),
  ['a VLAN on a host', { type: 'set-port-vlan', node, ifname, vlan: { access: 10 } }, 'vlan.not-a-port'],
  ['spanning tree on a host', { type: 'set-switch', node, stp: true }, 'switch.stp-elsewhere'],
  ['spanning tree as text', { type: 'set-switch', node: 'sw1', stp: 'yes' }, 'shape.type'],
  ...badDevices.map(([title, interfaces, code]) => {
    const edits = Object.entries(interfaces).flatMap(([name, value]) => {
      const { device, ...rest } = value as { device: unknown; mtu?: number; mac?: string };
      const added = { type: 'add-interface', node, ifname: name, device };
      return Object.keys(rest).length === 0 ? [added] : [added, { type: 'set-interface', node, ifname: name, ...rest }];
    });
    return [title, { type: 'batch', edits }, code] as const;
  }),
  ...badVrfs.map(([title, vrfs, code]) => {
    const edits = Object.entries(vrfs).map(([name, value]) => ({ type: 'set-vrf', node, name, ...(value as object) }));
    return [title, { type: 'batch', edits }, code] as const;
  }),
  [
    'a device on a switch',
    { type: 'add-interface', node: 'sw1', ifname: 'd0', device: { kind: 'dummy' } },
    'device.on-switch',
  ],
  ['a device that is wired', { type: 'set-device', node, ifname, device: { kind: 'dummy' } }, 'device.wired'],
  [
    'a link to a device',
    {
      type: 'batch',
      edits: [
        { type: 'add-interface', node, ifname: 'd0', device: { kind: 'dummy' } },
        { type: 'connect', from: { node, ifname: 'd0' }, to: { node: 'r1' } },
      ],
    },
    'device.wired',
  ],
  ['a VRF on a switch', { type: 'set-vrf', node: 'sw1', name: 'red' }, 'vrf.on-switch'],
  ['a VRF of a missing node', { type: 'set-vrf', node: 'x', name: 'red' }, 'edit.node-missing'],
  ['a missing VRF', { type: 'remove-vrf', node, name: 'red' }, 'edit.vrf-missing'],
  [
    'a VRF name in use',
    {
      type: 'batch',
      edits: [
        { type: 'set-vrf', node, name: 'red' },
        { type: 'set-vrf', node, name: 'blue' },
        { type: 'rename-vrf', node, name: 'blue', to: 'red' },
      ],
    },
    'name.taken',
  ],
  ['a probe in a missing VRF', { type: 'add-probe', from: node, vrf: 'red', to: '10.0.0.254' }, 'probe.vrf-missing'],
  [
    'a probe that expects something else',
    { type: 'add-probe', from: node, to: '10.0.0.9', expect: 'maybe' },
    'shape.value',
  ],
  ['an unknown kind', { type: 'add-node', kind: 'hots' }, 'shape.value'],
  ['an unknown type', { type: 'remove-node', nodes: [] }, 'shape.value'],
  ['an unknown key', { type: 'add-node', kind: 'host', nmae: 'x' }, 'shape.unknown-key'],
  ['a position at infinity', { type: 'add-node', kind: 'host', position: { x: 1e7, y: 0 } }, 'canvas.position'],
  ['no edit', null, 'shape.type'],
];
