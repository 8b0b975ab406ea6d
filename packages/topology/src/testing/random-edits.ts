import fc from 'fast-check';
import { applyEdit } from '../edits/apply-edit.js';
import type { Edit } from '../edits/edit.js';
import type { Topology } from '../model/topology.js';
import { emptyTopology, linkKey, probeKey } from '../model/topology-access.js';
import { editSchema } from '../schemas/edit-schema.js';

/** Numbers that become an edit when there is a document to choose from: so most edits hit something that exists. */
export interface Choice {
  readonly kind: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

export const choice: fc.Arbitrary<Choice> = fc.record({
  kind: fc.nat(72),
  a: fc.nat(1000),
  b: fc.nat(1000),
  c: fc.nat(1000),
});

/** Up to so many choices; the library would by itself prefer very short lists. */
export const choices = (maxLength: number): fc.Arbitrary<Choice[]> => fc.array(choice, { maxLength, size: 'max' });

const nodeNames = ['h1', 'h2', 'web', 'db-1', 'r.core', 'a', 'b', 'sw1'];
const ifnames = ['eth0', 'eth1', 'to_b', 'e.1'];
const addresses = [
  '10.0.0.1/24',
  '10.0.0.2/24',
  '10.0.1.1/30',
  '192.168.0.5/16',
  'fd00::1/64',
  'fd00::2/64',
  '10.9.9.9/32',
];
const vrfNames = ['red', 'blue', 'eth1'];
const commandNames = ['web', 'ping', 'log.1', 'x'];
const programs = [
  ['true'],
  ['python3', '-m', 'http.server', '80'],
  ['sh', '-c', 'echo "a # b" | cat'],
  ['x', '', '\u202e', "it's\u0007"],
];
const labels = ['Web: the "front"', 'größer', '5', 'a # b', "it's", 'x'];

const rules = (ifname: unknown) => [
  { state: ['established', 'related'], action: 'accept' },
  { in: ifname, protocol: 'tcp', port: 80, from: '10.1.0.0/24', action: 'accept' },
  { in: ifname, protocol: 'icmpv6', to: '2001:db8::1', action: 'reject' },
  { in: 'lo', action: 'accept' },
  { family: 'ipv4', action: 'drop' },
  { protocol: 'udp', port: 53, to: '10.9.9.9', action: 'drop' },
];

function randomFirewall(ifname: unknown, a: number, b: number) {
  const some = rules(ifname).filter((_rule, index) => (a >> index) & 1);
  const input = { policy: b % 2 === 0 ? 'accept' : 'drop', rules: some };
  return b % 3 === 0 ? { input } : { input, forward: { rules: [...some].reverse() } };
}

function randomNat(ifname: unknown, a: number) {
  return {
    masquerade: a % 2 === 0 ? [] : [{ out: ifname, from: '10.1.0.0/24' }, { out: ifname }],
    source: a % 3 === 0 ? [] : [{ out: ifname, to: '203.0.113.5' }],
    forwards:
      a % 5 === 0
        ? []
        : [
            { in: ifname, protocol: 'tcp', port: 8080, to: '10.1.0.2', toPort: 80 },
            { protocol: 'udp', port: 53, to: 'fd00::1' },
          ],
  };
}

function randomImpairment(a: number, b: number, c: number) {
  return {
    ...(a % 2 === 0 ? { delayMs: [20, 0.25, 1500, 60_000, 7.125][b % 5] } : {}),
    ...(a % 4 === 0 ? { jitterMs: 5 + c, reorderPercent: 25 } : {}),
    ...(b % 2 === 0 ? { lossPercent: [10, 0.1, 100, 0.001][c % 4] } : {}),
    ...(c % 2 === 0 ? { duplicatePercent: 1, corruptPercent: 0.5 } : {}),
    ...(a % 3 === 0 ? { rateBitsPerSecond: [10_000_000, 1000, 1_500_000_000, 1008, 100_000_000_000][c % 5] } : {}),
    ...(b % 5 === 0 ? { limitPackets: 1 + c } : {}),
  };
}

function randomVlan(a: number, b: number) {
  if (a % 4 === 0) return null;
  if (a % 4 === 1) return { access: 1 + b };
  return a % 4 === 2 ? { trunk: [20, 10, 30 + b] } : { trunk: b % 2 === 0 ? [] : [4094], native: 1 + b };
}

/** An edit for a document. Not every one is allowed there. */
export function editFor(topology: Topology, { kind, a, b, c }: Choice): Edit {
  const pick = (list: readonly unknown[], index: number) => list[index % Math.max(list.length, 1)];
  const names = Object.keys(topology.nodes);
  const node = pick(names, a) ?? 'nobody';
  const other = pick(names, b) ?? 'nobody';
  const ifname = pick(Object.keys(topology.nodes[String(node)]?.interfaces ?? {}), c) ?? 'eth0';
  const command = pick(Object.keys(topology.nodes[String(node)]?.commands ?? {}), c) ?? 'web';
  const last = Object.keys(topology.nodes[String(node)]?.interfaces ?? {}).at(-1) ?? 'eth0';
  const vrf = pick(Object.keys(topology.nodes[String(node)]?.vrfs ?? {}), c) ?? pick(vrfNames, b);
  const batch = (...edits: readonly unknown[]) => ({ type: 'batch', edits });
  const link = pick(topology.links.map(linkKey), a) ?? 'a:eth0--b:eth0';
  const probe = pick(topology.probes.map(probeKey), a) ?? 'a>10.0.0.1';
  const name = pick(nodeNames, b);
  const some = addresses.filter((_address, index) => (b >> index) & 1);
  const via = String(pick(addresses, c)).replace(/\/.*/, '');
  const edits: unknown[] = [
    { type: 'set-lab-name', name: pick(labels, a) },
    { type: 'add-node', kind: pick(['host', 'router', 'switch', 'host'], a) },
    {
      type: 'add-node',
      kind: pick(['host', 'router'], a),
      name,
      label: pick(labels, c),
      position: { x: a, y: -b / 4 },
    },
    { type: 'rename-node', node, to: name },
    { type: 'set-node', node, label: b % 3 === 0 ? null : pick(labels, c) },
    { type: 'move-nodes', positions: { [String(node)]: { x: b, y: c } } },
    { type: 'remove-nodes', nodes: b % 4 === 0 ? [node, other] : [node] },
    { type: 'add-interface', node },
    { type: 'add-interface', node, ifname: pick(ifnames, b) },
    { type: 'rename-interface', node, ifname, to: pick(ifnames, b) },
    { type: 'set-interface', node, ifname, up: b % 2 === 0, mtu: c % 3 === 0 ? null : 1280 + c },
    { type: 'set-interface', node, ifname, mac: c % 3 === 0 ? null : `02:00:00:00:00:${(b % 90) + 10}` },
    { type: 'remove-interface', node, ifname },
    { type: 'connect', from: { node }, to: { node: other } },
    { type: 'connect', from: { node, addresses: ['10.0.0.1/24'] }, to: { node: other, addresses: ['10.0.0.2/24'] } },
    { type: 'connect', from: { node, ifname: pick(ifnames, c) }, to: { node: other, ifname: pick(ifnames, b + c) } },
    { type: 'disconnect', link, removeInterfaces: b % 2 === 0 },
    { type: 'set-link', link, up: b % 2 === 0, label: c % 2 === 0 ? null : pick(labels, c) },
    { type: 'set-link', link, mtu: b % 2 === 0 ? null : 1400 + c },
    { type: 'set-addresses', node, ifname, addresses: some },
    { type: 'set-addresses', node, ifname, addresses: [pick(addresses, b)] },
    { type: 'set-routes', node, routes: c % 5 === 0 ? [] : [{ to: 'default', via }] },
    {
      type: 'set-routes',
      node,
      routes: [
        { to: '172.16.0.0/12', dev: ifname, metric: b },
        { to: 'default', via },
      ],
    },
    { type: 'add-probe', from: node, to: via, intervalMs: 100 + b * 10 },
    { type: 'set-probe', probe, intervalMs: 1000 + b },
    { type: 'remove-probe', probe },
    { type: 'rename-node', node, to: `n${b % 4}` },
    { type: 'remove-nodes', nodes: [node] },
    batch({ type: 'remove-nodes', nodes: [node] }, { type: 'rename-node', node: other, to: node }),
    batch(
      { type: 'rename-node', node, to: 'aside' },
      { type: 'rename-node', node: other, to: node },
      { type: 'rename-node', node: 'aside', to: other },
    ),
    batch({ type: 'remove-interface', node, ifname }, { type: 'rename-interface', node, ifname: last, to: ifname }),
    batch(
      { type: 'rename-interface', node, ifname, to: 'aside' },
      { type: 'rename-interface', node, ifname: last, to: ifname },
      { type: 'add-interface', node, ifname: last },
    ),
    { type: 'add-command', node, run: pick(programs, b) },
    { type: 'add-command', node, name: pick(commandNames, b), run: pick(programs, c), start: 'by-hand' },
    { type: 'set-command', node, name: command, run: pick(programs, b), restart: pick(['never', 'always'], a) },
    { type: 'set-command', node, name: command, start: pick(['by-hand', 'with-lab'], b), restart: 'on-failure' },
    { type: 'add-command', node, run: pick(programs, a), vrf },
    { type: 'set-command', node, name: command, vrf: a % 3 === 0 ? null : vrf },
    batch({ type: 'set-vrf', node, name: vrf }, { type: 'set-command', node, name: command, vrf, start: 'by-hand' }),
    batch(
      { type: 'set-vrf', node, name: vrf },
      { type: 'add-command', node, run: pick(programs, b), vrf },
      { type: 'rename-vrf', node, name: vrf, to: pick(vrfNames, a) },
    ),
    { type: 'rename-command', node, name: command, to: pick(commandNames, b) },
    { type: 'remove-command', node, name: command },
    batch(
      { type: 'add-command', node, name: 'aside', run: pick(programs, b) },
      { type: 'remove-command', node, name: command },
      { type: 'rename-command', node, name: 'aside', to: command },
    ),
    batch(
      { type: 'add-command', node, name: 'aside', run: pick(programs, b) },
      { type: 'rename-node', node, to: name },
    ),
    { type: 'set-firewall', node, firewall: c % 4 === 0 ? null : randomFirewall(ifname, b, c) },
    { type: 'set-firewall', node, firewall: randomFirewall('lo', c, a) },
    { type: 'set-nat', node, nat: c % 4 === 0 ? null : randomNat(ifname, b) },
    { type: 'set-nat', node, nat: randomNat(last, c) },
    batch(
      { type: 'set-firewall', node, firewall: randomFirewall(ifname, b, c) },
      { type: 'rename-interface', node, ifname, to: pick(ifnames, b) },
    ),
    batch({ type: 'set-nat', node, nat: randomNat(ifname, b) }, { type: 'remove-interface', node, ifname }),
    batch({ type: 'set-nat', node, nat: randomNat(ifname, b) }, { type: 'rename-node', node, to: name }),
    { type: 'set-impairment', node, ifname, impairment: c % 4 === 0 ? null : randomImpairment(a, b, c) },
    { type: 'set-impairment', node: other, ifname: 'eth0', impairment: randomImpairment(b, c, a) },
    { type: 'set-switch', node, stp: c % 3 !== 0 },
    { type: 'set-switch', node: other, stp: b % 2 === 0 },
    { type: 'set-port-vlan', node, ifname, vlan: randomVlan(b, c) },
    { type: 'set-port-vlan', node: other, ifname: 'eth0', vlan: randomVlan(a, b) },
    { type: 'remove-interface', node, ifname: last },
    { type: 'add-interface', node, device: { kind: 'vlan', parent: ifname, id: (b % 6) + 1 } },
    { type: 'add-interface', node, ifname: pick(ifnames, a), device: { kind: 'macvlan', parent: ifname } },
    { type: 'add-interface', node, device: { kind: 'vxlan', id: (a % 4) + 1, local: via, parent: ifname } },
    { type: 'add-interface', node, device: { kind: 'gre', local: '10.0.0.1', remote: '10.0.0.2', key: b } },
    { type: 'add-interface', node, device: { kind: 'bond', members: [ifname] } },
    { type: 'set-device', node, ifname, device: b % 2 === 0 ? null : { kind: 'dummy' } },
    { type: 'set-vrf', node, name: vrf, ...(a % 2 === 0 ? { interfaces: [ifname] } : {}) },
    {
      type: 'set-vrf',
      node,
      name: vrf,
      table: 100 + (b % 3),
      interfaces: [ifname, last].slice(0, c % 3),
      routes: [{ to: 'default', via }],
    },
    { type: 'rename-vrf', node, name: vrf, to: pick(vrfNames, a) },
    { type: 'remove-vrf', node, name: vrf },
    { type: 'add-probe', from: node, vrf, to: via, expect: 'none' },
    { type: 'set-probe', probe, expect: b % 2 === 0 ? null : 'none' },
    { type: 'add-node', kind: 'internet' },
    {
      type: 'set-outside',
      node,
      hostPorts: b % 3 === 0 ? null : [8000 + (b % 9)],
      subnet: c % 2 === 0 ? null : `10.${c % 250}.0.0/24`,
    },
    { type: 'set-publish', node, publish: a % 3 === 0 ? [] : [{ port: 1 + b, at: 8000 + (c % 9) }] },
  ];
  return editSchema.parse(edits[kind % edits.length]);
}

/** The document after as many of these edits as were allowed. */
export function documentAfter(start: Topology, script: readonly Choice[]): Topology {
  return script.reduce((topology, next) => {
    const result = applyEdit(topology, editFor(topology, next));
    return result.ok ? result.topology : topology;
  }, start);
}

const wired = (from: string, to: string, ...addresses: readonly string[]) => ({
  type: 'connect',
  from: { node: from, addresses: addresses.slice(0, 1) },
  to: { node: to, addresses: addresses.slice(1) },
});

/** A document with something of everything, for edits to work on. */
export const sampleLab: Topology = [
  { type: 'add-node', kind: 'host', name: 'h1', position: { x: 0, y: 0 } },
  { type: 'add-node', kind: 'router', name: 'r1', label: 'Core' },
  { type: 'add-node', kind: 'host', name: 'h2', position: { x: 200, y: 10 } },
  { type: 'add-node', kind: 'switch', name: 'sw1' },
  { type: 'add-node', kind: 'host', name: 'b' },
  wired('h1', 'r1', '10.0.0.1/24', '10.0.0.254/24'),
  wired('h2', 'r1', 'fd00::1/64', 'fd00::fe/64'),
  wired('sw1', 'b'),
  wired('sw1', 'h2'),
  wired('r1', 'sw1', '10.0.1.1/24'),
  { type: 'set-routes', node: 'h1', routes: [{ to: 'default', via: '10.0.0.254' }] },
  { type: 'set-routes', node: 'h2', routes: [{ to: 'default', via: 'fd00::fe', dev: 'eth0' }] },
  { type: 'add-command', node: 'h1', name: 'web', run: ['python3', '-m', 'http.server', '80'], restart: 'always' },
  { type: 'add-command', node: 'h1', name: 'ping', run: ['ping', '10.0.0.254'], start: 'by-hand' },
  { type: 'set-firewall', node: 'r1', firewall: randomFirewall('eth0', 63, 1) },
  { type: 'set-nat', node: 'r1', nat: randomNat('eth1', 1) },
  { type: 'add-interface', node: 'r1', device: { kind: 'vlan', parent: 'eth0', id: 10 } },
  { type: 'add-interface', node: 'r1', device: { kind: 'vxlan', id: 42, local: '10.0.0.254', remote: '10.0.0.1' } },
  { type: 'add-interface', node: 'b', device: { kind: 'dummy' } },
  { type: 'add-interface', node: 'b', ifname: 'bond0', device: { kind: 'bond', members: ['dum0'] } },
  { type: 'set-vrf', node: 'r1', name: 'red', interfaces: ['eth0.10'] },
  { type: 'add-command', node: 'r1', name: 'inside', run: ['sh', '-c', 'exec sleep 9'], vrf: 'red' },
  { type: 'add-probe', from: 'r1', vrf: 'red', to: '10.0.0.9', expect: 'none' },
  { type: 'add-probe', from: 'h1', to: '10.0.1.1' },
  { type: 'add-probe', from: 'h2', to: 'fd00::fe', intervalMs: 500 },
].reduce((topology, data) => {
  const result = applyEdit(topology, editSchema.parse(data));
  if (!result.ok) throw new Error(JSON.stringify(result.diagnostics));
  return result.topology;
}, emptyTopology('Lab'));

/** Any document that edits can make, from nothing or from the sample. */
export const document = (maximumEdits = 30): fc.Arbitrary<Topology> =>
  fc
    .tuple(fc.constantFrom(emptyTopology('Lab'), sampleLab, sampleLab, sampleLab), choices(maximumEdits))
    .map(([start, script]) => documentAfter(start, script));

/** A batch of edits, each chosen from what the ones before it made; those that would be refused are left out. */
export function batchFor(topology: Topology, script: readonly Choice[]): Edit {
  const edits: Edit[] = [];
  let current = topology;
  for (const next of script) {
    const edit = editFor(current, next);
    const result = applyEdit(current, edit);
    if (!result.ok) continue;
    edits.push(edit);
    current = result.topology;
  }
  return { type: 'batch', edits };
}

/** A document with its order made visible to `toEqual`, which does not look at the order of keys. */
export function inOrder(topology: Topology): unknown {
  const nodes = Object.entries(topology.nodes).map(([name, { interfaces, vrfs, commands, ...rest }]) => [
    name,
    {
      ...rest,
      interfaces: Object.entries(interfaces),
      vrfs: Object.entries(vrfs ?? {}),
      commands: Object.entries(commands ?? {}),
    },
  ]);
  return { ...topology, nodes, canvas: Object.entries(topology.canvas.nodes) };
}

/** Freezes a document through and through: whoever writes to it throws. */
export function frozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    for (const inner of Object.values(value)) frozen(inner);
    Object.freeze(value);
  }
  return value;
}
