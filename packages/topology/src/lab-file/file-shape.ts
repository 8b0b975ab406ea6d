import { commandsOf } from '../commands/commands-of.js';
import type { Firewall, FirewallChain, FirewallRule, Nat } from '../model/firewall.js';
import { type Impairment, impairmentFields, impairmentKeys } from '../model/impairment.js';
import { defaultIntervalMs } from '../model/limits.js';
import { formatDelay, formatPercent, formatRate } from '../model/parse-impairment.js';
import { formatInterval } from '../model/parse-values.js';
import type { PortVlan } from '../model/port-vlan.js';
import type { Command, Interface, Link, Node, Probe, Route, Topology } from '../model/topology.js';
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
  const commands = Object.entries(commandsOf(node)).map(([name, command]) => [name, commandShape(command)] as const);
  return mapOf(
    ['kind', node.kind],
    ['label', node.label],
    ['forwards', node.forwards],
    ['loopback', node.loopback],
    ['stp', node.stp],
    ['interfaces', interfaces.length > 0 ? { entries: interfaces } : undefined],
    ['routes', listUnlessEmpty(node.routes.map(routeShape))],
    ['nat', node.nat === undefined ? undefined : natShape(node.nat)],
    ['firewall', node.firewall === undefined ? undefined : firewallShape(node.firewall)],
    ['commands', commands.length > 0 ? { entries: commands } : undefined],
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

function commandShape({ run, start, restart }: Command): FileMap {
  return mapOf(
    ['run', { items: run }],
    ['start', start === 'with-lab' ? undefined : start],
    ['restart', restart === 'never' ? undefined : restart],
  );
}

function interfaceShape({ addresses, up, mtu, mac, impairment, vlan }: Interface): FileMap {
  return mapOf(
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

function routeShape({ to, via, dev, metric }: Route): FileMap {
  return mapOf(['to', to], ['via', via], ['dev', dev], ['metric', metric]);
}

function linkShape({ endpoints, up, mtu, label }: Link): FileMap {
  return mapOf(['endpoints', { items: endpoints }], ['up', up ? undefined : false], ['mtu', mtu], ['label', label]);
}

function probeShape({ from, to, intervalMs }: Probe): FileMap {
  const interval = intervalMs === defaultIntervalMs ? undefined : formatInterval(intervalMs);
  return mapOf(['from', from], ['to', to], ['interval', interval]);
}

function listUnlessEmpty(items: readonly FileValue[]): FileValue | undefined {
  return items.length > 0 ? { items } : undefined;
}

function mapOf(...entries: readonly (readonly [string, FileValue | undefined])[]): FileMap {
  return { entries: entries.filter((entry): entry is readonly [string, FileValue] => entry[1] !== undefined) };
}
