import { commandsOf } from '../commands/commands-of.js';
import { type Device, defaultVxlanPort } from '../model/device.js';
import type { Firewall, FirewallChain, FirewallRule, Nat } from '../model/firewall.js';
import { type Impairment, impairmentFields, impairmentKeys } from '../model/impairment.js';
import { defaultIntervalMs } from '../model/limits.js';
import { formatDelay, formatPercent, formatRate } from '../model/parse-impairment.js';
import { formatInterval } from '../model/parse-values.js';
import type { PortVlan } from '../model/port-vlan.js';
import type { Command, Interface, Link, Node, Probe, Route, Topology, Vrf } from '../model/topology.js';
import { vrfEntries } from '../model/vrfs.js';
import type { FileMap, FileValue } from './yaml-text.js';

/** A document as a lab file says it: in the order of interfaces.md, with defaults left out. */
export function fileShape(topology: Topology): FileMap {
  const positions = Object.entries(topology.canvas.nodes).map(([name, { x, y }]) => {
    return [name, mapOf(['x', x], ['y', y])] as const;
  });
  return mapOf(
    ['vethlab', 1],
    ['name', topology.name],
    ['nodes', { entries: Object.entries(topology.nodes).map(([name, node]) => [name, nodeShape(node)] as const) }],
    ['links', listUnlessEmpty(topology.links.map(linkShape))],
    ['probes', listUnlessEmpty(topology.probes.map(probeShape))],
    ['canvas', positions.length > 0 ? mapOf(['nodes', { entries: positions }]) : undefined],
  );
}

function nodeShape(node: Node): FileMap {
  const interfaces = Object.entries(node.interfaces).map(([name, iface]) => [name, interfaceShape(iface)] as const);
  const vrfs = vrfEntries(node).map(([name, vrf]) => [name, vrfShape(vrf)] as const);
  const commands = Object.entries(commandsOf(node)).map(([name, command]) => [name, commandShape(command)] as const);
  return mapOf(
    ['kind', node.kind],
    ['label', node.label],
    ['forwards', node.forwards],
    ['loopback', node.loopback],
    ['stp', node.stp],
    ['interfaces', interfaces.length > 0 ? { entries: interfaces } : undefined],
    ['routes', listUnlessEmpty(node.routes.map(routeShape))],
    ['vrfs', vrfs.length > 0 ? { entries: vrfs } : undefined],
    ['nat', node.nat === undefined ? undefined : natShape(node.nat)],
    ['firewall', node.firewall === undefined ? undefined : firewallShape(node.firewall)],
    ['commands', commands.length > 0 ? { entries: commands } : undefined],
    ['hostPorts', listUnlessEmpty(node.hostPorts ?? [])],
    ['subnet', node.subnet],
    ['publish', listUnlessEmpty((node.publish ?? []).map(({ port, at }) => mapOf(['port', port], ['at', at])))],
  );
}

function natShape({ masquerade, source, forwards }: Nat): FileMap {
  return mapOf(
    ['masquerade', listUnlessEmpty(masquerade.map(ruleShape))],
    ['source', listUnlessEmpty(source.map(ruleShape))],
    ['forwards', listUnlessEmpty(forwards.map(ruleShape))],
  );
}

function firewallShape({ input, forward, output }: Firewall): FileMap {
  return mapOf(['input', chainShape(input)], ['forward', chainShape(forward)], ['output', chainShape(output)]);
}

function chainShape({ policy, rules }: FirewallChain): FileMap | undefined {
  if (policy === 'accept' && rules.length === 0) return undefined;
  return mapOf(['policy', policy], ['rules', listUnlessEmpty(rules.map(ruleShape))]);
}

const ruleFields = ['in', 'out', 'family', 'from', 'protocol', 'port', 'to', 'toPort', 'state', 'action'] as const;

/** One line, read from left to right as the packet goes. */
function ruleShape(rule: FirewallRule | Nat[keyof Nat][number]): FileMap {
  const fields = new Map<string, FileValue | undefined>(
    Object.entries(rule).map(([key, value]) => [key, Array.isArray(value) ? { items: value } : value]),
  );
  return mapOf(...ruleFields.map((field) => [field, fields.get(field)] as const));
}

function commandShape({ run, vrf, start, restart }: Command): FileMap {
  return mapOf(
    ['run', { items: run }],
    ['vrf', vrf],
    ['start', start === 'with-lab' ? undefined : start],
    ['restart', restart === 'never' ? undefined : restart],
  );
}

function interfaceShape({ device, addresses, up, mtu, mac, impairment, vlan }: Interface): FileMap {
  return mapOf(
    ['device', device === undefined ? undefined : deviceShape(device)],
    ['addresses', listUnlessEmpty(addresses)],
    ['up', up ? undefined : false],
    ['mtu', mtu],
    ['mac', mac],
    ['impairment', impairment === undefined ? undefined : impairmentShape(impairment)],
    ['vlan', vlan === undefined ? undefined : vlanShape(vlan)],
  );
}

const impairmentText: Readonly<Record<keyof Impairment, (value: number) => FileValue>> = {
  delayMs: formatDelay,
  jitterMs: formatDelay,
  lossPercent: formatPercent,
  duplicatePercent: formatPercent,
  reorderPercent: formatPercent,
  corruptPercent: formatPercent,
  rateBitsPerSecond: formatRate,
  limitPackets: (packets) => packets,
};

function impairmentShape(impairment: Impairment): FileMap {
  return mapOf(
    ...impairmentFields.map((field) => {
      const value = impairment[field];
      return [impairmentKeys[field], value === undefined ? undefined : impairmentText[field](value)] as const;
    }),
  );
}

function vlanShape(vlan: PortVlan): FileMap {
  if ('access' in vlan) return mapOf(['access', vlan.access]);
  return mapOf(['trunk', { items: vlan.trunk }], ['native', vlan.native]);
}

/** With its modes, which say what it does; without a port that is the usual one. */
function deviceShape(device: Device): FileMap {
  switch (device.kind) {
    case 'vlan':
      return mapOf(['kind', device.kind], ['parent', device.parent], ['id', device.id]);
    case 'vxlan': {
      const port = device.port === defaultVxlanPort ? undefined : device.port;
      const ends = [['local', device.local] as const, ['remote', device.remote] as const];
      return mapOf(['kind', device.kind], ['id', device.id], ...ends, ['port', port], ['parent', device.parent]);
    }
    case 'macvlan':
      return mapOf(['kind', device.kind], ['parent', device.parent], ['mode', device.mode]);
    case 'dummy':
      return mapOf(['kind', device.kind]);
    case 'gre': {
      const { kind, local, remote, key, ttl } = device;
      return mapOf(['kind', kind], ['local', local], ['remote', remote], ['key', key], ['ttl', ttl]);
    }
    case 'bond':
      return mapOf(['kind', device.kind], ['mode', device.mode], ['members', listUnlessEmpty(device.members)]);
  }
}

function vrfShape({ table, interfaces, routes }: Vrf): FileMap {
  return mapOf(
    ['table', table],
    ['interfaces', listUnlessEmpty(interfaces)],
    ['routes', listUnlessEmpty(routes.map(routeShape))],
  );
}

function routeShape({ to, via, dev, metric }: Route): FileMap {
  return mapOf(['to', to], ['via', via], ['dev', dev], ['metric', metric]);
}

function linkShape({ endpoints, up, mtu, label }: Link): FileMap {
  return mapOf(['endpoints', { items: endpoints }], ['up', up ? undefined : false], ['mtu', mtu], ['label', label]);
}

function probeShape({ from, vrf, to, intervalMs, expect }: Probe): FileMap {
  const interval = intervalMs === defaultIntervalMs ? undefined : formatInterval(intervalMs);
  return mapOf(['from', from], ['vrf', vrf], ['to', to], ['interval', interval], ['expect', expect]);
}

function listUnlessEmpty(items: readonly FileValue[]): FileValue | undefined {
  return items.length > 0 ? { items } : undefined;
}

function mapOf(...entries: readonly (readonly [string, FileValue | undefined])[]): FileMap {
  return { entries: entries.filter((entry): entry is readonly [string, FileValue] => entry[1] !== undefined) };
}
